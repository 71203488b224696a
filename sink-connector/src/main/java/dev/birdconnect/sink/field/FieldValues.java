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
}
