package dev.birdconnect.client.rate;

import java.util.stream.IntStream;

/**
 * The rate before refusals began, and when to return to it.
 *
 * <p>A single refusal does not tell whether the rate caused it. Above a limit a decrease makes
 * refusals rare; those by chance, or in an outage, stay as many as they were whatever the rate, and
 * end by themselves. So the rate returns after far more requests in a row without a refusal than
 * the best of the last {@value #ROUNDS} rounds lets expect. What follows tells what the refusals
 * were: if clearly more are refused than before, there is a limit, and no former rate is remembered
 * for {@value #LIMITED_ROUNDS} rounds; if not, they have nothing to do with the rate, which is kept
 * in memory. As long as that is not known, each round makes the former rate a little less credible.
 * An outage that begins just then looks like a limit at first; but it goes on refusing at the rate
 * that had gone well before, and is known by that.
 *
 * <p>Not safe for use by several threads.
 */
final class FormerRate {

  private static final int ROUNDS = 4;
  private static final double CLOSED_SHARE = 0.9;
  private static final int LIMITED_ROUNDS = 30;
  private static final double SURE = 3;
  private static final double FAR_BELOW = 0.7;
  private static final double RETURN_SHARE = 0.9;
  private static final double DOUBT = 0.015;
  private static final double MORE = 2;
  private static final double CLEARLY_MORE = 0.05;

  private final long[] refused = new long[ROUNDS];
  private final long[] answers = new long[ROUNDS];
  private double former;
  private int next;
  private boolean independent;
  private boolean returning;
  private int limitedRounds;
  private double wentWell;
  private double beforeLimit;

  /**
   * A round with refusals has ended.
   *
   * @param rate requests per second at its end
   */
  void refused(double rate, long refusedOfRound, long answersOfRound) {
    double share = (double) refusedOfRound / answersOfRound;
    if (returning) {
      returning = false;
      independent = share <= MORE * share() + CLEARLY_MORE;
      limitedRounds = independent ? 0 : LIMITED_ROUNDS;
      beforeLimit = former;
      return;
    }
    if (limitedRounds > 0 && share >= CLOSED_SHARE && rate <= wentWell) {
      independent = true;
      limitedRounds = 0;
      former = beforeLimit;
    } else if (limitedRounds > 0) {
      limitedRounds--;
      former = 0;
    } else {
      if (!independent && share < CLOSED_SHARE) {
        former -= (former - rate) * DOUBT * (1 - share);
      }
      former = Math.max(former, rate);
    }
    refused[next] = refusedOfRound;
    answers[next] = answersOfRound;
    next = (next + 1) % ROUNDS;
  }

  /**
   * The least share of requests refused in a round lately, or that of the last one when nearly all
   * were; 0 as long as there were too few rounds.
   */
  private double share() {
    double last = share((next + ROUNDS - 1) % ROUNDS);
    return last >= CLOSED_SHARE
        ? last
        : IntStream.range(0, ROUNDS).mapToDouble(this::share).min().orElse(0);
  }

  private double share(int round) {
    return answers[round] == 0 ? 0 : (double) refused[round] / answers[round];
  }

  /**
   * Whether to return to the former rate now; asked with every answer.
   *
   * @param rate requests per second at present
   * @param inARow requests let through since the last refusal
   */
  boolean isTimeToReturn(double rate, long inARow) {
    if (returning || rate >= former * FAR_BELOW || inARow * share() < SURE) {
      return false;
    }
    returning = true;
    wentWell = rate;
    return true;
  }

  /** Requests per second a little below those before the refusals. */
  double goal() {
    return former * RETURN_SHARE;
  }
}
