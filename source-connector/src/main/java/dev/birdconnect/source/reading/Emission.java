package dev.birdconnect.source.reading;

import dev.birdconnect.source.position.ShardState;

/**
 * An event together with the whole state of its shard after it.
 *
 * @param event the event
 * @param shard the shard of its message
 * @param state the state to restart from once the event is stored
 * @param takesStart whether the state is to be stored in the place of a start set by hand
 * @param recent whether it has come about since the channel was first read up to the present
 */
public record Emission(
    ChannelEvent event, int shard, ShardState state, boolean takesStart, boolean recent) {}
