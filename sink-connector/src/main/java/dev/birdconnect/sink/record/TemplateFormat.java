package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.FieldComplaint;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.field.UnfitRecordException;
import dev.birdconnect.sink.media.EmbeddedMedia;
import dev.birdconnect.sink.template.MessageTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.connect.sink.SinkRecord;

/** The format in which a template is filled with the fields of the record. */
public final class TemplateFormat implements SendFormat {

  private final MessageTemplate template;
  private final Optional<String> mediaType;

  /**
   * @param template the template
   * @param mediaType the type of media that are not recognised
   */
  public TemplateFormat(MessageTemplate template, Optional<String> mediaType) {
    this.template = template;
    this.mediaType = mediaType;
  }

  @Override
  public MappedRequest toRequest(SinkRecord record, RecordFields fields)
      throws UnfitRecordException {
    JsonNode tree = template.fill(fields);
    ValueTree.checkTexts(tree, "");
    EmbeddedMedia media = EmbeddedMedia.takenOutOf(tree, mediaType);
    try {
      return new MappedRequest(SendRequest.typedByPlace(media.tree()), media.found());
    } catch (InvalidRequestException e) {
      throw new UnfitRecordException(complaints(e.complaints(), template.placeholders(fields)));
    }
  }

  /** The complaints, each with the placeholders that its place was filled from. */
  private static String complaints(
      List<FieldComplaint> complaints, Map<String, String> placeholders) {
    return complaints.stream()
        .map(complaint -> complaint + origin(complaint.path(), placeholders))
        .collect(Collectors.joining("; "));
  }

  private static String origin(String path, Map<String, String> placeholders) {
    return placeholders.entrySet().stream()
        .filter(filled -> holds(filled.getKey(), path))
        .findFirst()
        .map(filled -> " (filled from " + filled.getValue() + ")")
        .orElse("");
  }

  private static boolean holds(String filled, String path) {
    return path.startsWith(filled)
        && (path.length() == filled.length() || ".[".indexOf(path.charAt(filled.length())) >= 0);
  }
}
