package dev.birdconnect.sink.delivery;

import java.util.OptionalLong;

/**
 * A send in its lane, and what has become of it so far. Not thread-safe.
 *
 * @param <R> the record
 */
final class Queued<R> {

  private final Send<R> send;
  private final long rank;
  private final long takenInAt;
  private int attempts;
  private int failures;
  private OptionalLong firstAttemptAt = OptionalLong.empty();
  private OptionalLong notBefore = OptionalLong.empty();
  private boolean underWay;

  /**
   * @param rank how many sends of the task came before it
   * @param takenInAt when it was handed over, by the clock's nanoseconds
   */
  Queued(Send<R> send, long rank, long takenInAt) {
    this.send = send;
    this.rank = rank;
    this.takenInAt = takenInAt;
  }

  Send<R> send() {
    return send;
  }

  long rank() {
    return rank;
  }

  long takenInAt() {
    return takenInAt;
  }

  /** Whether it was started and neither decided nor put back since. */
  boolean underWay() {
    return underWay;
  }

  void underWay(boolean now) {
    underWay = now;
  }

  /** Notes that an attempt starts. */
  void attempted(long nanos) {
    attempts++;
    if (firstAttemptAt.isEmpty()) {
      firstAttemptAt = OptionalLong.of(nanos);
    }
  }

  /** How many attempts have started. */
  int attempts() {
    return attempts;
  }

  /** When the first attempt started, by the clock's nanoseconds. */
  long firstAttemptAt() {
    return firstAttemptAt.orElseThrow();
  }

  /** Counts an attempt that has failed; returns how many have. */
  int failedOnce() {
    failures++;
    return failures;
  }

  /** Before when it is not to be started again; empty for at once. */
  OptionalLong notBefore() {
    return notBefore;
  }

  void notBefore(long nanos) {
    notBefore = OptionalLong.of(nanos);
  }

  /** How it ends now. */
  Trial<R> trial(long now) {
    return new Trial<>(send, attempts, firstAttemptAt, now);
  }
}
