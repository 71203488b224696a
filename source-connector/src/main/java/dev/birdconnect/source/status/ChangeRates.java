package dev.birdconnect.source.status;

import java.time.Duration;

/**
 * How often open messages change, by their age, learned from what readings have shown. As long as
 * little is known, a message is taken to stay open for about as long as it has been open: that is
 * how deliveries are that most take seconds and few take days.
 */
final class ChangeRates {

  /** An age and the doubled one share a class; the last one begins with six days. */
  private static final int CLASSES = 20;

  /** How many changes the first guess is worth. */
  private static final double GUESSED = 5;

  /** No age is taken to have fewer changes than this share of all ages together. */
  private static final double LEAST_SHARE = 0.1;

  private final double[] changes = new double[CLASSES];
  private final double[] seconds = new double[CLASSES];
  private double allChanges;
  private double allSeconds;

  /**
   * Learns from a reading.
   *
   * @param age of the message when it was read
   * @param waited how long it was not read before
   * @param changed whether it had changed in that time
   */
  void learn(Duration age, Duration waited, boolean changed) {
    int of = classOf(age);
    double time = waited.toMillis() / 1e3;
    seconds[of] += time;
    allSeconds += time;
    if (changed) {
      changes[of]++;
      allChanges++;
    }
  }

  /** Changes to be expected of an open message of this age in a second. */
  double perSecond(Duration age) {
    int of = classOf(age);
    double guessed = (changes[of] + GUESSED) / (seconds[of] + GUESSED * (1L << of));
    double least = allSeconds == 0 ? 0 : LEAST_SHARE * allChanges / allSeconds;
    return Math.max(guessed, least);
  }

  private static int classOf(Duration age) {
    long whole = Math.max(1, age.toSeconds());
    return Math.min(CLASSES - 1, Long.SIZE - 1 - Long.numberOfLeadingZeros(whole));
  }
}
