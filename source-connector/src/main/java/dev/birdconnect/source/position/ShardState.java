package dev.birdconnect.source.position;

import java.util.Optional;

/**
 * All that is known of a shard after one of its records: a restart needs nothing else.
 *
 * @param frontier the shard's messages up to here are emitted, late ones excepted
 * @param phase how the channel was being read
 * @param pageToken the page, read from the oldest message upwards, on which the frontier's message
 *     or an earlier one was found; a hint only; empty for the first page
 * @param open the shard's open messages, as {@link dev.birdconnect.source.status.OpenText} writes
 *     them; one without a status is a message whose own event is emitted and its first status not
 */
public record ShardState(Position frontier, Phase phase, Optional<String> pageToken, String open) {}
