package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.sink.reconcile.Takeover;

/**
 * A takeover that has to be answered before anything of the partition goes through the channel.
 *
 * @param partition the partition
 * @param question what is asked
 * @param origin where the channel of the send comes from that asks first
 * @param due when calls of an earlier owner can no longer add to the list
 * @param <R> the record
 */
record PendingTakeover<R>(
    TrackedPartition<R> partition, Takeover question, AddressOrigin origin, long due) {}
