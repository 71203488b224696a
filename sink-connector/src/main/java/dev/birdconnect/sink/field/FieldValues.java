package dev.birdconnect.sink.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The parts of one record. */
public interface FieldValues {

  /**
   * The part that a path names, as JSON; empty where the record has none or where it is null.
   *
   * @throws UnfitRecordException when it has no form in JSON; names the path, never a value
   */
  Optional<JsonNode> at(FieldPath path) throws UnfitRecordException;

  /**
   * As {@link #at}, for a place that takes a medium: where the whole of a key, value or header is
   * bytes they stay bytes, unless they are an address or a data URI in text.
   *
   * @throws UnfitRecordException when it has no form in JSON; names the path, never a value
   */
  default Optional<JsonNode> medium(FieldPath path) throws UnfitRecordException {
    return at(path);
  }
}
