package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.PlainText;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.config.ReferenceFrom;
import dev.birdconnect.sink.field.FieldPath;
import dev.birdconnect.sink.field.FieldValues;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a request its reference: the record's coordinates, or a label of the user's own and the
 * coordinates in {@code meta.extraInformation}.
 */
public final class References {

  private final ReferenceFrom from;
  private final Optional<FieldPath> path;

  /**
   * @param from where references come from
   * @param path the field, where it is one
   */
  public References(ReferenceFrom from, Optional<FieldPath> path) {
    this.from = from;
    this.path = path;
  }

  /**
   * The request with its reference.
   *
   * @param coordinates where the record stands
   * @throws UnfitRecordException when there is no usable label, or one too many
   */
  public SendRequest label(SendRequest request, RecordReference coordinates, FieldValues fields)
      throws UnfitRecordException {
    if (from != ReferenceFrom.REQUEST && request.reference().isPresent()) {
      throw UnfitRecordException.at(
          ".reference",
          "the record brings a reference of its own, but the connector sets the reference; remove"
              + " the field, or set reference.from=request");
    }
    if (from == ReferenceFrom.NONE) {
      return request.withReference(coordinates.label());
    }
    String label = path.isPresent() ? label(fields, path.get()) : request.reference().orElse("");
    String place = path.map(FieldPath::text).orElse(".reference");
    if (label.isEmpty()) {
      throw UnfitRecordException.at(
          place,
          "it has to hold the reference of the message, but is missing or empty; give it in the"
              + " record, or set reference.from=none");
    }
    if (RecordReference.parse(label).isPresent()) {
      throw UnfitRecordException.at(
          place, "the reference has the form of the connector's own ones; use another one");
    }
    return request
        .withReference(label)
        .withExtraInformation(Map.of(RecordReference.FIELD, coordinates.label()));
  }

  /**
   * The reference that the message of a record would carry that is no send; its coordinates where
   * the record shows no label.
   */
  public String shown(RecordReference coordinates, FieldValues fields) {
    try {
      String label = path.isPresent() ? label(fields, path.get()) : "";
      return label.isEmpty() || RecordReference.parse(label).isPresent()
          ? coordinates.label()
          : label;
    } catch (UnfitRecordException e) {
      return coordinates.label();
    }
  }

  private static String label(FieldValues fields, FieldPath path) throws UnfitRecordException {
    Optional<JsonNode> label = fields.at(path);
    if (label.isPresent() && label.get().isContainerNode()) {
      throw UnfitRecordException.at(
          path.text(), "the reference has to be a text or a number; name a field of it instead");
    }
    return label.map(PlainText::of).orElse("");
  }
}
