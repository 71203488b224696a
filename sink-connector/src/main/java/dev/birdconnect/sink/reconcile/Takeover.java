package dev.birdconnect.sink.reconcile;

import dev.birdconnect.sink.position.PartitionId;
import java.time.Instant;
import java.util.Optional;

/**
 * The question what earlier owners of a partition have sent through a channel.
 *
 * @param partition the partition
 * @param first the first offset in question
 * @param provenSince before this time, by the server's clock, no message of an offset in question
 *     was made, where that is known
 * @param labelled whether its messages carry labels of the user's own
 */
public record Takeover(
    PartitionId partition, long first, Optional<Instant> provenSince, boolean labelled) {}
