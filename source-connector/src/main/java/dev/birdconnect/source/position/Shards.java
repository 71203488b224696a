package dev.birdconnect.source.position;

/**
 * A channel's messages are split by their ids, so that an offset record holds a part of the
 * channel's known messages only. With {@value #COUNT} shards, {@value
 * dev.birdconnect.source.position.Shards#MOST_OPEN} open messages and the latest closed ones it
 * stays near 16 kB, and a restart, which begins at the shard that is furthest behind, goes back
 * about 300 messages.
 */
public final class Shards {

  /** Number of shards; a constant of {@link OffsetCodec#VERSION}. */
  public static final int COUNT = 64;

  /** Most open messages of a channel that the offsets hold. */
  public static final int MOST_OPEN = 20_000;

  /** Most open messages of a channel beyond them that are remembered in memory only. */
  public static final int MOST_SURPLUS = 20_000;

  /** Most closed messages of a shard that stay known, as they are among the latest. */
  public static final int LATEST = 64;

  private Shards() {}

  /** The shard of a message, from 0 to {@link #COUNT} - 1. */
  public static int of(String messageId) {
    int hash = messageId.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return (hash ^ (hash >>> 16)) & (COUNT - 1);
  }
}
