package dev.birdconnect.sink.reconcile;

import java.time.Duration;
import java.time.Instant;

/**
 * The server's clock and the task's at the same moment.
 *
 * @param time what the server's clock shows, to a second
 * @param nanos what the task's clock shows that only goes forward
 */
public record ServerNow(Instant time, long nanos) {

  /** A {@code Date} header has whole seconds. */
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  /** What the server's clock showed at the least when the task's showed {@code then}. */
  public Instant atLeastAt(long then) {
    return time.minusNanos(nanos - then).minus(RESOLUTION);
  }
}
