package dev.birdconnect.source.position;

/**
 * Which messages of a shard may be open although they are not among the known ones, as there was no
 * room for them: those made from a time on, up to the one after which all emitted ones are known.
 *
 * @param fromMillis when the oldest of them was made, in milliseconds since 1970
 * @param seenMillis their statuses before this time are emitted, in milliseconds since 1970 by the
 *     server's clock
 */
public record SurplusSpan(long fromMillis, long seenMillis) {}
