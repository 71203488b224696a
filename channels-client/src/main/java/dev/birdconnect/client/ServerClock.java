package dev.birdconnect.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's time: the {@code Date} of its last answer (assumption 39) and what has passed since.
 * The machine's own clock is not asked. Thread-safe.
 */
final class ServerClock {

  private final LongSupplier nanoTime;
  private volatile @Nullable Told told;

  private record Told(Instant time, long at) {}

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  ServerClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Takes the time from an answer that has just come. */
  void told(Instant date) {
    told = new Told(date, nanoTime.getAsLong());
  }

  /** The time now; empty as long as the server has told none. */
  Optional<Instant> now() {
    Told last = told;
    return last == null
        ? Optional.empty()
        : Optional.of(last.time().plus(Duration.ofNanos(nanoTime.getAsLong() - last.at())));
  }
}
