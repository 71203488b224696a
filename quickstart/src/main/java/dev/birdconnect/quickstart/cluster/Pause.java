package dev.birdconnect.quickstart.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits between two calls; tests put in one that does not. */
@FunctionalInterface
interface Pause {

  /** Waits for the whole time. */
  Pause REAL = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

  /**
   * Waits.
   *
   * @param time how long
   */
  void sleep(Duration time) throws InterruptedException;
}
