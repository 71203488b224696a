package dev.birdconnect.source.reading;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** When a channel's next heartbeat is due, and the one that is to be handed over. */
final class Heartbeats {

  private final Optional<Duration> interval;
  private final LongSupplier nanoTime;
  private Optional<Heartbeat> next = Optional.empty();
  private long dueAt;

  /**
   * @param interval time from one to the next; empty for none at all
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  Heartbeats(Optional<Duration> interval, LongSupplier nanoTime) {
    this.interval = interval;
    this.nanoTime = nanoTime;
    this.dueAt = nanoTime.getAsLong();
  }

  /** Whether one is due at the next point at which all that was found is handed over. */
  boolean isDue() {
    return interval.isPresent() && nanoTime.getAsLong() - dueAt >= 0;
  }

  /** Has the next one be due now. */
  void want() {
    dueAt = nanoTime.getAsLong();
  }

  /** A point at which all that was found is handed over: makes a heartbeat if one is due. */
  void at(Supplier<Heartbeat> heartbeat) {
    if (isDue()) {
      dueAt = nanoTime.getAsLong() + interval.orElseThrow().toNanos();
      next = Optional.of(heartbeat.get());
    }
  }

  /** Takes the heartbeat, which is to go out before anything that is found after it. */
  Optional<Heartbeat> take() {
    Optional<Heartbeat> taken = next;
    next = Optional.empty();
    return taken;
  }
}
