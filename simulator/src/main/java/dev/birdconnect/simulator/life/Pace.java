package dev.birdconnect.simulator.life;

import java.time.Duration;

/**
 * When each status begins, counted from the moment a message goes out.
 *
 * @param processingAfter start of {@code processing}, or of {@code rejected} and {@code skipped}
 * @param sentAfter start of {@code sent}, or of {@code sending_failed}
 * @param deliveredAfter start of {@code delivered}, or of {@code delivery_failed}
 * @param spread share by which the delays of one message may differ from these, 0 to 1
 */
public record Pace(
    Duration processingAfter, Duration sentAfter, Duration deliveredAfter, double spread) {

  /** Refuses delays that do not grow. */
  public Pace {
    if (processingAfter.isNegative()
        || sentAfter.compareTo(processingAfter) < 0
        || deliveredAfter.compareTo(sentAfter) < 0) {
      throw new IllegalArgumentException(
          "The delays of a profile must not be negative and must not shrink from one status to the"
              + " next.");
    }
    Shares.check("spread", spread);
  }
}
