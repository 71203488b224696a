package dev.birdconnect.simulator.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How the messages of a channel live.
 *
 * @param pace when each status begins
 * @param failures what share of them ends badly
 * @param receipts whether the platform confirms delivery; without it {@code sent} stays
 * @param ratePerSecond messages that the platform takes a second; those above it are buffered.
 *     Without it there is no limit
 * @param habits what receivers do with delivered messages
 */
public record LifeProfile(
    Pace pace,
    FailureShares failures,
    boolean receipts,
    OptionalInt ratePerSecond,
    List<Habit> habits) {

  /** Refuses a rate that is none. */
  public LifeProfile {
    habits = List.copyOf(habits);
    if (ratePerSecond.isPresent() && ratePerSecond.getAsInt() < 1) {
      throw new IllegalArgumentException("The ratePerSecond of a profile must be at least 1.");
    }
  }

  /** Everything delivered: processing after 0.2 s, sent after 0.5 s, delivered after 1.5 s. */
  public static LifeProfile steady() {
    return new LifeProfile(
        new Pace(Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofMillis(1500), 0),
        FailureShares.NONE,
        true,
        OptionalInt.empty(),
        List.of());
  }

  /** Everything delivered in the moment of its making. */
  public static LifeProfile instant() {
    return steady().withDelays(Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /** The same with other delays, each counted from the moment the message goes out. */
  public LifeProfile withDelays(Duration processing, Duration sent, Duration delivered) {
    return withPace(new Pace(processing, sent, delivered, pace.spread()));
  }

  /** The same with delays that differ between messages by up to this share, 0 to 1. */
  public LifeProfile withSpread(double share) {
    return withPace(
        new Pace(pace.processingAfter(), pace.sentAfter(), pace.deliveredAfter(), share));
  }

  /** The same with everything in the moment of making. */
  public LifeProfile atOnce() {
    return withPace(new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0));
  }

  private LifeProfile withPace(Pace newPace) {
    return new LifeProfile(newPace, failures, receipts, ratePerSecond, habits);
  }

  /** The same with these shares of messages that end badly, each 0 to 1 and 1 in sum at most. */
  public LifeProfile withFailures(double rejected, double sendingFailed, double deliveryFailed) {
    FailureShares shares =
        new FailureShares(rejected, failures.skipped(), sendingFailed, deliveryFailed);
    return new LifeProfile(pace, shares, receipts, ratePerSecond, habits);
  }

  /** The same on a platform without delivery receipts. */
  public LifeProfile withoutReceipts() {
    return new LifeProfile(pace, failures, false, ratePerSecond, habits);
  }

  /** The same on a platform that takes so many messages a second. */
  public LifeProfile withRatePerSecond(int messages) {
    return new LifeProfile(pace, failures, receipts, OptionalInt.of(messages), habits);
  }

  /** The same with receivers who also do this with a share of the delivered messages. */
  public LifeProfile withInteractions(String type, double share, Duration after) {
    List<Habit> more = new ArrayList<>(habits);
    more.add(new Habit(type, share, after));
    return new LifeProfile(pace, failures, receipts, ratePerSecond, more);
  }

  /** How a message ends whose draw is this number, 0 to 1. */
  Outcome outcome(double draw) {
    double left = draw - failures.rejected();
    if (left < 0) {
      return Outcome.REJECTED;
    }
    left -= failures.skipped();
    if (left < 0) {
      return Outcome.SKIPPED;
    }
    left -= failures.sendingFailed();
    if (left < 0) {
      return Outcome.SENDING_FAILED;
    }
    left -= failures.deliveryFailed();
    if (left < 0) {
      return Outcome.DELIVERY_FAILED;
    }
    return receipts ? Outcome.DELIVERED : Outcome.SENT_ONLY;
  }
}
