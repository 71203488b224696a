package dev.birdconnect.sink.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which share of the allowed rate a count grows by, between two readings at least a second apart.
 */
final class UsedShare {

  private static final double NANOS = 1e9;
  private static final long SHORTEST_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoTime;
  private final LongSupplier count;
  private final AllowedRate allowed;
  private long readAt;
  private long countThen;
  private double share;

  UsedShare(LongSupplier nanoTime, LongSupplier count, AllowedRate allowed) {
    this.nanoTime = nanoTime;
    this.count = count;
    this.allowed = allowed;
    this.readAt = nanoTime.getAsLong();
    this.countThen = count.getAsLong();
  }

  synchronized double read() {
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
