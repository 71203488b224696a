package dev.birdconnect.simulator.life;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What receivers do with messages that reached them.
 *
 * @param type the interaction, such as {@code opened}, {@code read}, {@code clicked}
 * @param share share of delivered messages with which it happens, 0 to 1
 * @param after how long after the delivery, on average
 */
public record Habit(String type, double share, Duration after) {

  /** Refuses a nameless interaction, a share that is none and a time before the delivery. */
  public Habit {
    Shares.check("share of an interaction", share);
    if (type.isBlank() || after.isNegative()) {
      throw new IllegalArgumentException(
          "An interaction of a profile needs a type and a time after the delivery.");
    }
  }

  /**
   * When it happens to a message, in milliseconds since 1970, or {@link Long#MAX_VALUE} for never.
   *
   * @param luck of the message; equal luck, equal habit
   */
  long momentMillis(long luck, long deliveredAtMillis) {
    SplittableRandom random = new SplittableRandom(luck ^ type.hashCode());
    return random.nextDouble() < share
        ? deliveredAtMillis + Math.round(2 * random.nextDouble() * after.toMillis())
        : Long.MAX_VALUE;
  }
}
