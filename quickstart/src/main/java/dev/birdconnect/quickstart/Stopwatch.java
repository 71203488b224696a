package dev.birdconnect.quickstart;

import java.time.Duration;

/** Time since it was made. */
final class Stopwatch {

  private final long start = System.nanoTime();

  /** The time until now. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Whether a time has passed. */
  boolean passed(Duration time) {
    return elapsed().compareTo(time) >= 0;
  }
}
