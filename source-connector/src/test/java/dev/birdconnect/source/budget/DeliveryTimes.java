package dev.birdconnect.source.budget;

import java.time.Duration;
import java.util.Random;

/**
 * How long messages take to be delivered: most of them moments, some of them until a telephone is
 * switched on again.
 *
 * @param shareDelayed share of those that wait for a telephone
 * @param meanDelay mean of their exponentially distributed delay
 * @param longest how long a message stays valid; the API's default is 36 hours
 */
record DeliveryTimes(double shareDelayed, Duration meanDelay, Duration longest) {

  private static final double MOMENT_SECONDS = 1;

  /** Draws one. */
  Duration next(Random random) {
    boolean delayed = random.nextDouble() < shareDelayed;
    double mean = delayed ? meanDelay.toSeconds() : MOMENT_SECONDS;
    double seconds = -Math.log(1 - random.nextDouble()) * mean;
    Duration drawn = Duration.ofMillis((long) (seconds * 1_000));
    return drawn.compareTo(longest) > 0 ? longest : drawn;
  }
}
