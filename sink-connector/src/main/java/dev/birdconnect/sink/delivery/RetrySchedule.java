package dev.birdconnect.sink.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a repeat: exponential backoff with full jitter. The bound doubles with
 * each attempt up to a largest one; the wait is drawn evenly between 0 and the bound.
 */
public final class RetrySchedule {

  private static final int MOST_DOUBLINGS = 30;

  /** What many sends wait for is asked for at least this often. */
  static final Duration LONGEST_WATCH = Duration.ofSeconds(2);

  private final double initialNanos;
  private final double maxNanos;
  private final DoubleSupplier random;

  /**
   * @param initial bound of the first wait
   * @param max largest bound
   * @param random numbers from 0 to below 1
   */
  public RetrySchedule(Duration initial, Duration max, DoubleSupplier random) {
    this.initialNanos = initial.toNanos();
    this.maxNanos = max.toNanos();
    this.random = random;
  }

  private RetrySchedule(double initialNanos, double maxNanos, DoubleSupplier random) {
    this.initialNanos = initialNanos;
    this.maxNanos = maxNanos;
    this.random = random;
  }

  /** The schedule for the one call that many sends wait for: its waits stay short. */
  RetrySchedule watching() {
    double longest = Math.min(maxNanos, (double) LONGEST_WATCH.toNanos());
    return new RetrySchedule(Math.min(initialNanos, longest), longest, random);
  }

  /**
   * The wait, in nanoseconds.
   *
   * @param attempts how many attempts have failed, at least 1
   */
  long delayNanos(int attempts) {
    double bound =
        Math.min(maxNanos, initialNanos * Math.pow(2, Math.min(attempts - 1, MOST_DOUBLINGS)));
    return (long) (bound * random.getAsDouble());
  }
}
