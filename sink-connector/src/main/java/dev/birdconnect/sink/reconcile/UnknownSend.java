package dev.birdconnect.sink.reconcile;

/**
 * A send that was attempted and may have become a message.
 *
 * @param mark what its message is recognised by
 * @param firstAttemptAt when its first attempt started, on the task's clock that only goes forward,
 *     in nanoseconds
 */
public record UnknownSend(Mark mark, long firstAttemptAt) {}
