package dev.birdconnect.source.reading;

import dev.birdconnect.source.position.ShardState;
import java.time.Instant;

/**
 * Tells how far a channel is emitted, together with the state of one of its shards.
 *
 * @param emittedUpTo messages made before it, late ones excepted, have gone out before the
 *     heartbeat
 * @param serverTime when it was made, by the server's clock
 * @param shard the shard
 * @param state the shard's state to restart from once the heartbeat is stored
 * @param takesStart whether the state is to be stored in the place of a start set by hand
 */
public record Heartbeat(
    Instant emittedUpTo, Instant serverTime, int shard, ShardState state, boolean takesStart) {}
