package dev.birdconnect.sink.delivery;

/**
 * A send, the head of its lane, whose last verdict was {@code UNKNOWN}.
 *
 * @param lane the lane, which waits
 * @param send the send
 * @param partition its partition
 * @param firstAttemptAt when its first attempt started, by the clock's nanoseconds
 * @param due when the list shows whether its message was made
 * @param <R> the record
 */
record Doubt<R>(
    Lane<R> lane, Send<R> send, TrackedPartition<R> partition, long firstAttemptAt, long due) {}
