package dev.birdconnect.source.reading;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Growing, jittered delays after failures in a row. */
public final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 7;

  private final DoubleSupplier random;
  private int failures;

  /**
   * @param random numbers from 0 to 1
   */
  public Backoff(DoubleSupplier random) {
    this.random = random;
  }

  /**
   * How long to wait after one more failure: between half and all of a delay that doubles up to a
   * minute, and never less than asked for.
   */
  public Duration afterFailure(Optional<Duration> atLeast) {
    Duration whole = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    Duration most = whole.compareTo(LONGEST) > 0 ? LONGEST : whole;
    Duration delay = Duration.ofNanos((long) (most.toNanos() * (0.5 + random.getAsDouble() / 2)));
    return atLeast.filter(asked -> asked.compareTo(delay) > 0).orElse(delay);
  }

  /** Failures in a row. */
  public int failures() {
    return failures;
  }

  /** Begins anew after a success. */
  public void success() {
    failures = 0;
  }
}
