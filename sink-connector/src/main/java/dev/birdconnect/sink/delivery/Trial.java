package dev.birdconnect.sink.delivery;

import java.util.OptionalLong;

/**
 * How a send came to its end.
 *
 * @param send the send
 * @param attempts how many attempts this task has started
 * @param firstAttemptAt when the first of them started, by the clock's nanoseconds; empty without
 *     one
 * @param endedAt when it was decided, by the clock's nanoseconds
 * @param <R> the record
 */
public record Trial<R>(Send<R> send, int attempts, OptionalLong firstAttemptAt, long endedAt) {}
