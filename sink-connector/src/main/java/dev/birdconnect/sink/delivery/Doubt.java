package dev.birdconnect.sink.delivery;

/**
 * A send whose last verdict was {@code UNKNOWN}.
 *
 * @param lane its lane, in which it is under way until this is over
 * @param queued the send in its lane
 * @param partition its partition
 * @param due when the list shows whether its message was made, by the clock's nanoseconds
 * @param <R> the record
 */
record Doubt<R>(Lane<R> lane, Queued<R> queued, TrackedPartition<R> partition, long due) {

  Send<R> send() {
    return queued.send();
  }
}
