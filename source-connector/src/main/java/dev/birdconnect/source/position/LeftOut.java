package dev.birdconnect.source.position;

import java.time.Instant;

/**
 * The messages of a shard that a start set forward by hand leaves out: they are not emitted,
 * although messages made before them are.
 *
 * @param after what was made up to then is emitted
 * @param before the start: what was made from then on is to be emitted
 */
public record LeftOut(Instant after, Instant before) {

  /** Whether a message made at a time is one of them. */
  public boolean covers(Instant createdAt) {
    return createdAt.isAfter(after) && createdAt.isBefore(before);
  }

  /** Those of them that were made before a time. */
  LeftOut upTo(Instant time) {
    return before.isAfter(time) ? new LeftOut(after, time) : this;
  }

  boolean isEmpty() {
    return !after.isBefore(before);
  }
}
