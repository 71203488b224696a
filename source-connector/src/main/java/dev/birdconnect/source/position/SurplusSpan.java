package dev.birdconnect.source.position;

import java.time.Instant;
import java.util.Optional;

/**
 * Which messages of a shard may be open although they are not among the known ones, as there was no
 * room for them: those made from a time on, up to another one. Emitted ones that were made later
 * and are not known are closed.
 *
 * @param fromMillis when the oldest of them was made, in milliseconds since 1970
 * @param toMillis when the youngest of them was made, in milliseconds since 1970; {@link #NO_BOUND}
 *     where that is not known
 * @param seenMillis their statuses before this time are emitted, in milliseconds since 1970 by the
 *     server's clock
 */
public record SurplusSpan(long fromMillis, long toMillis, long seenMillis) {

  /** The end of a span of which no end was stored. */
  public static final long NO_BOUND = Long.MAX_VALUE;

  /** Whether a message made at a time may be one of them. */
  public boolean covers(Instant createdAt) {
    long millis = createdAt.toEpochMilli();
    return fromMillis <= millis && millis <= toMillis;
  }

  /** The messages of both; of their statuses only those are emitted that are so in both. */
  public SurplusSpan with(SurplusSpan other) {
    return new SurplusSpan(
        Math.min(fromMillis, other.fromMillis),
        Math.max(toMillis, other.toMillis),
        Math.min(seenMillis, other.seenMillis));
  }

  /** Those of the messages that were made up to a time, in milliseconds since 1970. */
  public Optional<SurplusSpan> upTo(long millis) {
    return fromMillis > millis
        ? Optional.empty()
        : Optional.of(new SurplusSpan(fromMillis, Math.min(toMillis, millis), seenMillis));
  }

  /** The same messages; of their statuses only those before a time are taken for emitted. */
  public SurplusSpan seenUpTo(long millis) {
    return new SurplusSpan(fromMillis, toMillis, Math.min(seenMillis, millis));
  }
}
