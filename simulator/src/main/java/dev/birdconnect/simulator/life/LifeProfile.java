package dev.birdconnect.simulator.life;

import java.time.Duration;

/**
 * How the messages of a channel live: when each status begins, counted from the moment the message
 * goes out, and what share of them ends badly.
 *
 * @param processingAfter start of {@code processing}, or of {@code rejected} and {@code skipped}
 * @param sentAfter start of {@code sent}, or of {@code sending_failed}
 * @param deliveredAfter start of {@code delivered}, or of {@code delivery_failed}
 * @param spread share by which the delays of one message may differ from these, 0 to 1
 * @param rejectedShare share of messages refused after they were taken in
 * @param skippedShare share of messages left out
 * @param sendingFailedShare share of messages that cannot be handed to the platform
 * @param deliveryFailedShare share of messages that the platform fails to deliver
 * @param receipts whether the platform confirms delivery; without it {@code sent} stays
 */
public record LifeProfile(
    Duration processingAfter,
    Duration sentAfter,
    Duration deliveredAfter,
    double spread,
    double rejectedShare,
    double skippedShare,
    double sendingFailedShare,
    double deliveryFailedShare,
    boolean receipts) {

  /** Refuses delays that do not grow and shares that are none. */
  public LifeProfile {
    if (processingAfter.isNegative()
        || sentAfter.compareTo(processingAfter) < 0
        || deliveredAfter.compareTo(sentAfter) < 0) {
      throw new IllegalArgumentException(
          "The delays of a profile must not be negative and must not shrink from one status to the"
              + " next.");
    }
    checkShare("spread", spread);
    checkShare("rejectedShare", rejectedShare);
    checkShare("skippedShare", skippedShare);
    checkShare("sendingFailedShare", sendingFailedShare);
    checkShare("deliveryFailedShare", deliveryFailedShare);
    checkShare(
        "sum of all failure shares",
        rejectedShare + skippedShare + sendingFailedShare + deliveryFailedShare);
  }

  /** Everything delivered: processing after 0.2 s, sent after 0.5 s, delivered after 1.5 s. */
  public static LifeProfile steady() {
    return new LifeProfile(
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofMillis(1500),
        0,
        0,
        0,
        0,
        0,
        true);
  }

  /** Everything delivered in the moment of its making. */
  public static LifeProfile instant() {
    return steady().withDelays(Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /** The same shares with other delays, each counted from the moment the message goes out. */
  public LifeProfile withDelays(Duration processing, Duration sent, Duration delivered) {
    return new LifeProfile(
        processing,
        sent,
        delivered,
        spread,
        rejectedShare,
        skippedShare,
        sendingFailedShare,
        deliveryFailedShare,
        receipts);
  }

  /** The same with delays that differ between messages by up to this share, 0 to 1. */
  public LifeProfile withSpread(double share) {
    return new LifeProfile(
        processingAfter,
        sentAfter,
        deliveredAfter,
        share,
        rejectedShare,
        skippedShare,
        sendingFailedShare,
        deliveryFailedShare,
        receipts);
  }

  /** The same with these shares of messages that end badly, each 0 to 1 and 1 in sum at most. */
  public LifeProfile withFailures(double rejected, double sendingFailed, double deliveryFailed) {
    return new LifeProfile(
        processingAfter,
        sentAfter,
        deliveredAfter,
        spread,
        rejected,
        skippedShare,
        sendingFailed,
        deliveryFailed,
        receipts);
  }

  /** The same on a platform without delivery receipts. */
  public LifeProfile withoutReceipts() {
    return new LifeProfile(
        processingAfter,
        sentAfter,
        deliveredAfter,
        spread,
        rejectedShare,
        skippedShare,
        sendingFailedShare,
        deliveryFailedShare,
        false);
  }

  /** How a message ends whose draw is this number, 0 to 1. */
  Outcome outcome(double draw) {
    double left = draw - rejectedShare;
    if (left < 0) {
      return Outcome.REJECTED;
    }
    left -= skippedShare;
    if (left < 0) {
      return Outcome.SKIPPED;
    }
    left -= sendingFailedShare;
    if (left < 0) {
      return Outcome.SENDING_FAILED;
    }
    left -= deliveryFailedShare;
    if (left < 0) {
      return Outcome.DELIVERY_FAILED;
    }
    return receipts ? Outcome.DELIVERED : Outcome.SENT_ONLY;
  }

  private static void checkShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The " + name + " of a profile must be from 0 to 1.");
    }
  }
}
