package dev.birdconnect.sink.reconcile;

import dev.birdconnect.common.reference.RecordReference;

/**
 * A send that was attempted and may have become a message.
 *
 * @param reference what its message carries
 * @param firstAttemptAt when its first attempt started, on the task's clock that only goes forward,
 *     in nanoseconds
 */
public record UnknownSend(RecordReference reference, long firstAttemptAt) {}
