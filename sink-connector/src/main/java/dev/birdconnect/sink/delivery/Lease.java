package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.config.SinkConfig;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The right to start sends. It lasts as long as the task's thread is seen: a worker that was
 * stopped for a while may have lost its partitions without knowing. When the thread is seen again
 * after a longer time, sends wait as long once more: by then the consumer's heartbeats have told
 * whether the partitions are still its own.
 *
 * <p>Written by one thread at a time, read by any.
 */
final class Lease {

  static final Duration LENGTH = SinkConfig.LEASE;

  private static final long NANOS = LENGTH.toNanos();

  private volatile long seenAt;
  private volatile long heldFrom;

  /**
   * @param now the clock's nanoseconds
   */
  Lease(long now) {
    this.seenAt = now;
    this.heldFrom = now;
  }

  /**
   * Notes that the task's thread is seen.
   *
   * @return whether it had been away for longer than the lease lasts
   */
  boolean seen(long now) {
    boolean away = now - seenAt > NANOS;
    if (away) {
      heldFrom = now + NANOS;
    }
    seenAt = now;
    return away;
  }

  /** Whether a send may start now. */
  boolean held(long now) {
    return now - seenAt <= NANOS && now - heldFrom >= 0;
  }

  /** When it will be held again although nothing happens but that the thread is seen. */
  OptionalLong heldFrom(long now) {
    return now - heldFrom < 0 ? OptionalLong.of(heldFrom) : OptionalLong.empty();
  }
}
