package dev.birdconnect.source.event;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Timestamps of records. A broker refuses a record that is before 1970 or an hour ahead of its
 * clock, however often it comes, and the task would fail of it.
 */
final class RecordTimes {

  /** Half of the hour that brokers take ({@code message.timestamp.after.max.ms}, KIP-937). */
  private static final long FURTHEST_AHEAD_MILLIS = Duration.ofMinutes(30).toMillis();

  private final InstantSource clock;

  /**
   * @param clock the worker's clock
   */
  RecordTimes(InstantSource clock) {
    this.clock = clock;
  }

  /** The time of reading, in milliseconds since 1970. */
  long now() {
    return clock.millis();
  }

  /**
   * A time that the API tells, in milliseconds since 1970; the time of reading where it is too far
   * ahead.
   */
  long of(Instant time) {
    long now = now();
    long millis = Math.max(0, Json.date(time).toInstant().toEpochMilli());
    return millis - now > FURTHEST_AHEAD_MILLIS ? now : millis;
  }
}
