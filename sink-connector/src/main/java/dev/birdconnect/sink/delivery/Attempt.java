package dev.birdconnect.sink.delivery;

/**
 * One send in flight.
 *
 * @param <R> the record
 */
final class Attempt<R> {

  private final Lane<R> lane;
  private final Queued<R> queued;
  private final TrackedPartition<R> partition;
  private boolean abandoned;

  Attempt(Lane<R> lane, Queued<R> queued, TrackedPartition<R> partition) {
    this.lane = lane;
    this.queued = queued;
    this.partition = partition;
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
