package dev.birdconnect.common.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which share of the allowed rate a count grows by, between two readings at least a second apart.
 */
public final class UsedShare {

  private static final double NANOS = 1e9;
  private static final long SHORTEST_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoTime;
  private final LongSupplier count;
  private final AllowedRate allowed;
  private long readAt;
  private long countThen;
  private double share;

  /**
   * @param nanoTime a clock that only goes forward
   * @param count what is counted, in requests
   * @param allowed the allowed rate
   */
  public UsedShare(LongSupplier nanoTime, LongSupplier count, AllowedRate allowed) {
    this.nanoTime = nanoTime;
    this.count = count;
    this.allowed = allowed;
    this.readAt = nanoTime.getAsLong();
    this.countThen = count.getAsLong();
  }

  /** The share, from 0 to 1. */
  public synchronized double read() {
    long now = nanoTime.getAsLong();
    if (now - readAt >= SHORTEST_NANOS) {
      long counted = count.getAsLong();
      double perSecond = (counted - countThen) / ((now - readAt) / NANOS);
      share = Math.min(1, perSecond / allowed.perSecond());
      readAt = now;
      countThen = counted;
    }
    return share;
  }
}
