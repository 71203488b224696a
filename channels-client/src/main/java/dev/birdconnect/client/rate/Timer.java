package dev.birdconnect.client.rate;

import java.time.Duration;

/** Time as the rate budget sees it; replaced in tests. */
public interface Timer {

  /** A clock that only goes forward, in nanoseconds. */
  long nanoTime();

  /** Runs {@code action} after {@code delay}, on a thread of the timer. */
  void after(Duration delay, Runnable action);
}
