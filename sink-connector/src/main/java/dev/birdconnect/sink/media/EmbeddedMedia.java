package dev.birdconnect.sink.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.client.request.MediaPlaces;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/**
 * The media that stand in a request where the API takes the address of one: bytes, or a data URI.
 * They are taken out, and a stand-in with the form of an address takes their place until they are
 * uploaded.
 *
 * @param tree the request with stand-ins
 * @param found the media, in the order of their places
 */
public record EmbeddedMedia(JsonNode tree, List<Found> found) {

  /** What stands in a request in place of an address. The domain never exists (RFC 2606). */
  public static final String STAND_IN = "https://media.invalid/to-be-uploaded";

  private static final String CONTENT_TYPE = "contentType";
  private static final String FILE_NAME = "filename";

  /**
   * A medium with its bytes.
   *
   * @param medium what is known of it
   * @param content its bytes
   */
  public record Found(Medium medium, ByteString content) {

    /** Without the bytes. */
    @Override
    public String toString() {
      return medium.toString();
    }
  }

  public EmbeddedMedia {
    found = List.copyOf(found);
  }

  /**
   * Takes the media out of a request; the tree given stays as it is.
   *
   * @param tree the request, whose form need not have been checked
   * @param preset the media type of what is not recognised, where one is set
   * @throws UnfitRecordException when a medium cannot be uploaded; names its place and the remedy
   */
  public static EmbeddedMedia takenOutOf(JsonNode tree, Optional<String> preset)
      throws UnfitRecordException {
    if (MediaPlaces.of(tree).stream().noneMatch(place -> isEmbedded(place.value()))) {
      return new EmbeddedMedia(tree, List.of());
    }
    JsonNode copy = tree.deepCopy();
    List<Found> found = new ArrayList<>();
    for (MediaPlaces.Place place : MediaPlaces.of(copy)) {
      if (isEmbedded(place.value())) {
        Found one = read(place, preset);
        ObjectNode holder = place.holder();
        holder.put(place.pointer().last().getMatchingProperty(), STAND_IN);
        if (place.needsContentType() && !holder.hasNonNull(CONTENT_TYPE)) {
          holder.put(CONTENT_TYPE, one.medium().contentType());
        }
        found.add(one);
      }
    }
    return new EmbeddedMedia(copy, found);
  }

  /** Whether a value is a medium rather than the address of one. */
  private static boolean isEmbedded(JsonNode value) {
    return value.isBinary() || (value.isTextual() && DataUri.isOne(value.textValue()));
  }

  private static Found read(MediaPlaces.Place place, Optional<String> preset)
      throws UnfitRecordException {
    String path = place.path();
    Optional<String> told = Optional.empty();
    ByteString content;
    if (place.value() instanceof BinaryNode bytes) {
      content = ByteString.of(bytes.binaryValue());
    } else {
      DataUri uri = dataUri(place.value().textValue(), path);
      content = uri.content();
      told = Optional.of(uri.contentType()).filter(type -> !type.isEmpty());
    }
    if (content.size() == 0 || content.size() > MediaFile.MOST_BYTES) {
      throw UnfitRecordException.at(
          path,
          "the media has "
              + content.size()
              + " bytes; give 1 to "
              + MediaFile.MOST_BYTES
              + ", or the address of media that stand elsewhere");
    }
    String contentType =
        told.or(() -> text(place.holder(), CONTENT_TYPE))
            .or(() -> ContentTypes.of(content))
            .or(() -> text(place.holder(), FILE_NAME).flatMap(ContentTypes::ofName))
            .or(() -> preset)
            .orElse("");
    if (!MediaFile.isMediaType(contentType)) {
      throw UnfitRecordException.at(path, withoutType(contentType));
    }
    return new Found(
        new Medium(place.pointer(), path, contentType, content.sha256(), content.size()), content);
  }

  private static DataUri dataUri(String text, String path) throws UnfitRecordException {
    try {
      return DataUri.parse(text);
    } catch (UnfitRecordException e) {
      throw UnfitRecordException.at(path, e.complaint());
    }
  }

  private static String withoutType(String contentType) {
    return contentType.isEmpty()
        ? "the type of the media is not told and not recognised; write data:image/png;base64, before"
            + " base64, give the field contentType where there is one, or set media.content.type"
        : "the type of the media is no media type; give type and subtype as in image/png";
  }

  private static Optional<String> text(ObjectNode holder, String field) {
    JsonNode value = holder.path(field);
    return value.isTextual() && !value.textValue().isEmpty()
        ? Optional.of(value.textValue())
        : Optional.empty();
  }
}
