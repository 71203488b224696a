package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.reconcile.Mark;

/**
 * One send in flight.
 *
 * @param <R> the record
 */
final class Attempt<R> {

  private final Lane<R> lane;
  private final Queued<R> queued;
  private final TrackedPartition<R> partition;
  private final Mark mark;
  private boolean abandoned;

  Attempt(Lane<R> lane, Queued<R> queued, TrackedPartition<R> partition) {
    this.lane = lane;
    this.queued = queued;
    this.partition = partition;
    this.mark = queued.send().mark();
  }

  Lane<R> lane() {
    return lane;
  }

  /** Its send in the lane. */
  Queued<R> queued() {
    return queued;
  }

  Send<R> send() {
    return queued.send();
  }

  /** What its message is recognised by. */
  Mark mark() {
    return mark;
  }

  TrackedPartition<R> partition() {
    return partition;
  }

  /** Whether its verdict no longer counts. */
  boolean abandoned() {
    return abandoned;
  }

  void abandon() {
    abandoned = true;
  }
}
