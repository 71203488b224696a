package dev.birdconnect.client.rate;

/**
 * Finds how many requests per second the API lets through, from its answers alone. What is known of
 * the API is one sentence (page <i>Rate limit</i>: so many requests per second and workspace, 429
 * above); the kind of its counter and who else uses the workspace are not known (assumption 10).
 *
 * <p>The control law:
 *
 * <ul>
 *   <li><b>Start</b> at half of the full rate and grow quickly, by a two-thousandth of the full
 *       rate with each answer, until the first 429 or the full rate. Workers that start together
 *       meet the limit from below.
 *   <li><b>Creep</b> afterwards: each answer adds {@value #CREEP_SHARE} of a smallest decrease of
 *       the full rate, so that one answer in some hundreds is spent on a 429, whatever the rate.
 *       The step is the same for all who share a limit, those with much and those with little,
 *       which is what makes their parts equal in time. After {@value #QUIET_ANSWERS} answers
 *       without a 429 the steps grow: the limit is far.
 *   <li><b>Decrease</b> by the share of 429 among the answers since the last decrease, which is the
 *       part of the rate that was too much; at least {@value #SMALLEST_DECREASE}, at most {@value
 *       #LARGEST_DECREASE}. The smaller the decrease, the smaller the difference that chance makes
 *       between those who share a limit.
 *   <li>A decrease waits for {@value #ROUND_ANSWERS} answers since the last one and for a tenth of
 *       a second, and requests given out before it do not count, so that it rests on what the
 *       present rate has led to.
 *   <li>After a decrease the rate grows quickly again while it is below half of what then was let
 *       through.
 *   <li>A round in which nearly all is refused says nothing about the limit: the API is
 *       <b>closed</b>. The rate is halved, down to a lowest one, and comes back almost to where it
 *       was within a few answers once {@value #OPEN_ANSWERS} in a row are let through.
 * </ul>
 *
 * <p>Not safe for use by several threads.
 */
final class AdaptiveRate {

  static final double SMALLEST_DECREASE = 0.03;
  static final double LARGEST_DECREASE = 0.5;
  static final double CREEP_SHARE = 0.002;

  private static final double START_SHARE = 0.5;
  private static final double QUICK_STEP = 0.0005;
  private static final double LOWEST_SHARE = 0.01;
  private static final double LOWEST = 1;
  static final long QUIET_ANSWERS = 500;
  private static final double QUICK_SHARE = 0.5;
  private static final double CLOSED_SHARE = 0.9;
  static final int OPEN_ANSWERS = 2;
  private static final double OPEN_STEP = 0.5;
  private static final double OPEN_SHARE = 0.9;
  static final long ROUND_ANSWERS = 50;
  private static final long SHORTEST_ROUND_NANOS = 100_000_000L;

  private double full;
  private double rate;
  private double quickBelow;
  private long decreasedAt;
  private long letThrough;
  private long refused;
  private long inARow;
  private double opensTo;

  /**
   * @param full requests per second never to be exceeded
   * @param now the present time in nanoseconds
   */
  AdaptiveRate(double full, long now) {
    this.full = full;
    this.rate = full * START_SHARE;
    this.quickBelow = full;
    this.decreasedAt = now - SHORTEST_ROUND_NANOS;
  }

  /** Requests per second to make at present. */
  double perSecond() {
    return rate;
  }

  /** Sets the rate never to be exceeded. */
  void limitTo(double newFull) {
    full = newFull;
    rate = Math.min(rate, full);
  }

  /** A request was let through. */
  void letThrough(long grantedAt) {
    if (grantedAt - decreasedAt <= 0) {
      return;
    }
    letThrough++;
    inARow++;
    rate = Math.min(full, rate + step());
  }

  private double step() {
    if (rate < opensTo && inARow >= OPEN_ANSWERS) {
      return Math.min(rate * OPEN_STEP, opensTo - rate);
    }
    double share =
        rate < quickBelow
            ? QUICK_STEP
            : CREEP_SHARE * SMALLEST_DECREASE * Math.max(1, letThrough / QUIET_ANSWERS);
    return share * full;
  }

  /** A request was answered 429; returns whether the rate has been lowered for it. */
  boolean refused(long grantedAt, long now) {
    if (grantedAt - decreasedAt <= 0) {
      return false;
    }
    refused++;
    inARow = 0;
    long answers = letThrough + refused;
    if (answers < ROUND_ANSWERS || now - decreasedAt < SHORTEST_ROUND_NANOS) {
      return false;
    }
    double share = (double) refused / answers;
    double decrease = Math.min(LARGEST_DECREASE, Math.max(SMALLEST_DECREASE, share));
    double before = rate;
    double lowest = Math.min(full, Math.max(full * LOWEST_SHARE, LOWEST));
    rate = Math.max(rate * (1 - decrease), lowest);
    if (share < CLOSED_SHARE) {
      quickBelow = rate * QUICK_SHARE;
      opensTo = 0;
    } else {
      opensTo = Math.max(opensTo, before * OPEN_SHARE);
    }
    decreasedAt = now;
    letThrough = 0;
    refused = 0;
    return true;
  }
}
