package dev.birdconnect.quickstart.flow;

import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.quickstart.evidence.RecordCoordinates;
import java.util.Optional;

/** Finds the record that a message was made from, by the message's reference. */
final class SinkOrigin {

  private SinkOrigin() {}

  /** Returns the record's coordinates, or nothing when the reference is none of the sink's. */
  static Optional<RecordCoordinates> of(String reference) {
    return RecordReference.parse(reference)
        .map(parsed -> new RecordCoordinates(parsed.topic(), parsed.partition(), parsed.offset()));
  }
}
