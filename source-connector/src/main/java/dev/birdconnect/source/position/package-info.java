/** How far a channel is emitted: positions, the state of a shard, its form as a Connect offset. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.position;
