package dev.birdconnect.client.rate;

/**
 * Finds how many requests per second the API lets through, from its answers alone. What is known of
 * the API is one sentence (page <i>Rate limit</i>: so many requests per second and workspace, 429
 * above); the kind of its counter and who else uses the workspace are not known (assumption 10).
 *
 * <p>The control law:
 *
 * <ul>
 *   <li><b>Start</b> at half of the full rate and grow quickly, with each answer by a
 *       two-thousandth of the full rate and by {@value #LEAST_QUICK_STEP} requests per second at
 *       least, so that a low rate doubles within five seconds too; until the first 429 or the full
 *       rate. Workers that start together meet the limit from below.
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
 *   <li>Refusals that a lower rate does not make fewer are not caused by it. The rate goes on
 *       falling, as others may suffer from the same; but once they are over it comes back, at once,
 *       almost to the {@link FormerRate}.
 * </ul>
 *
 * <p>Not safe for use by several threads.
 */
final class AdaptiveRate {

  static final double SMALLEST_DECREASE = 0.03;
  static final double LARGEST_DECREASE = 0.5;
  static final double CREEP_SHARE = 0.002;
  static final double LEAST_QUICK_STEP = 0.15;

  private static final double START_SHARE = 0.5;
  private static final double QUICK_SHARE_OF_FULL = 0.0005;
  private static final double LOWEST_SHARE = 0.01;
  private static final double LOWEST = 1;
  static final long QUIET_ANSWERS = 500;
  static final long ROUND_ANSWERS = 50;
  private static final long SHORTEST_ROUND_NANOS = 100_000_000L;

  private double full;
  private double rate;
  private boolean quick = true;
  private long roundBeganAt;
  private long letThrough;
  private long refused;
  private long inARow;
  private final FormerRate former = new FormerRate();

  /**
   * @param full requests per second never to be exceeded
   * @param now the present time in nanoseconds
   */
  AdaptiveRate(double full, long now) {
    this.full = full;
    this.rate = full * START_SHARE;
    this.roundBeganAt = now - SHORTEST_ROUND_NANOS;
  }

  /** Requests per second to make at present. */
  double perSecond() {
    return Math.min(rate, full);
  }

  /**
   * Sets the rate never to be exceeded. A higher rate that was found before is there again when the
   * limit goes; one at which nothing was asked yet is a guess, which is not.
   */
  void limitTo(double newFull) {
    full = newFull;
    if (quick && letThrough == 0) {
      rate = Math.min(rate, full);
    }
  }

  /** A request was let through. */
  void letThrough(long grantedAt, long now) {
    if (grantedAt - roundBeganAt <= 0) {
      return;
    }
    letThrough++;
    inARow++;
    if (rate >= full) {
      return;
    }
    if (former.isTimeToReturn(rate, inARow)) {
      rate = Math.min(full, former.goal());
      beginRound(now);
    } else {
      rate = Math.min(full, rate + step());
    }
  }

  private double step() {
    return quick
        ? Math.max(LEAST_QUICK_STEP, QUICK_SHARE_OF_FULL * full)
        : CREEP_SHARE * SMALLEST_DECREASE * Math.max(1, letThrough / QUIET_ANSWERS) * full;
  }

  /** A request was answered 429; returns whether the rate has been lowered for it. */
  boolean refused(long grantedAt, long now) {
    if (grantedAt - roundBeganAt <= 0) {
      return false;
    }
    refused++;
    inARow = 0;
    long answers = letThrough + refused;
    if (answers < ROUND_ANSWERS || now - roundBeganAt < SHORTEST_ROUND_NANOS) {
      return false;
    }
    double share = (double) refused / answers;
    double decrease = Math.min(LARGEST_DECREASE, Math.max(SMALLEST_DECREASE, share));
    former.refused(perSecond(), refused, answers);
    rate =
        Math.max(
            perSecond() * (1 - decrease), Math.min(full, Math.max(full * LOWEST_SHARE, LOWEST)));
    quick = false;
    beginRound(now);
    return true;
  }

  private void beginRound(long now) {
    roundBeganAt = now;
    letThrough = 0;
    refused = 0;
  }
}
