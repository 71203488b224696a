package dev.birdconnect.sink.delivery;

import java.util.OptionalLong;

/**
 * A send whose last verdict was {@code UNKNOWN}, or that was taken in with a batch and has not been
 * seen in the list by a sweep.
 *
 * @param lane its lane, in which it is under way until this is over
 * @param queued the send in its lane
 * @param partition its partition
 * @param takenAt when the API took it in with a batch, by the clock's nanoseconds; empty where the
 *     verdict was {@code UNKNOWN}
 * @param due when it is looked up, by the clock's nanoseconds
 * @param conclusiveFrom from when on its absence from the list proves something: before, the API
 *     may still make its message
 * @param pause how long to wait for the next look after this one, in nanoseconds
 * @param <R> the record
 */
record Doubt<R>(
    Lane<R> lane,
    Queued<R> queued,
    TrackedPartition<R> partition,
    OptionalLong takenAt,
    long due,
    long conclusiveFrom,
    long pause) {

  Send<R> send() {
    return queued.send();
  }

  /** Whether its absence at this look proves something. */
  boolean conclusive() {
    return due - conclusiveFrom >= 0;
  }

  /** The same for the next look, after which the pause is twice as long. */
  Doubt<R> lookedUp(long now) {
    long next = now + pause;
    return new Doubt<>(
        lane,
        queued,
        partition,
        takenAt,
        next - conclusiveFrom < 0 ? next : Math.max(now, conclusiveFrom),
        conclusiveFrom,
        2 * pause);
  }
}
