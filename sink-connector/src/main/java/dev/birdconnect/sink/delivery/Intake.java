package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.position.RecordPosition;

/**
 * A record as delivery takes it in.
 *
 * @param <R> the record itself, kept for its report
 */
public sealed interface Intake<R> permits Send, Rejection, Unsent {

  /** Where the record stands. */
  RecordPosition position();

  /** About how many bytes of memory it takes while it is unfinished. */
  long weight();
}
