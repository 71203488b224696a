package dev.birdconnect.client.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveRateTest {

  private static final long ROUND = 200_000_000L;

  private final AdaptiveRate rate = new AdaptiveRate(500, 0);
  private long now = 1;

  private void answers(int letThrough, int refused) {
    for (int i = 0; i < letThrough; i++) {
      rate.letThrough(now, now + 1);
    }
    for (int i = 0; i < refused; i++) {
      rate.refused(now, now + 1);
    }
  }

  private void roundsOfRefusals(int rounds) {
    for (int i = 0; i < rounds; i++) {
      nextRound();
      answers(0, 60);
    }
  }

  private void nextRound() {
    now += ROUND;
  }

  @Test
  void startsAtHalfAndGrowsToTheFullRateAndNoFurther() {
    assertThat(rate.perSecond()).isEqualTo(250);
    answers(400, 0);
    assertThat(rate.perSecond()).isCloseTo(350, within(0.1));
    answers(5_000, 0);
    assertThat(rate.perSecond()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50, 500, 5_000})
  void isFullWithinSecondsWhateverTheFullRateIs(int full) {
    AdaptiveRate growing = new AdaptiveRate(full, 0);
    double seconds = 0;
    while (growing.perSecond() < full) {
      seconds += 1 / growing.perSecond();
      growing.letThrough((long) (seconds * 1e9), (long) (seconds * 1e9));
    }
    assertThat(seconds).isLessThan(5);
  }

  @Test
  void aSingleRefusalAmongManyTakesLittle() {
    answers(1_000, 0);
    nextRound();
    answers(0, 1);
    assertThat(rate.perSecond()).isCloseTo(485, within(0.1));
  }

  @Test
  void manyRefusalsTakeWhatWasTooMuch() {
    answers(1_000, 0);
    nextRound();
    answers(0, 1);
    nextRound();
    for (int i = 0; i < AdaptiveRate.ROUND_ANSWERS / 2; i++) {
      answers(1, 1);
    }
    assertThat(rate.perSecond()).isCloseTo(485 * 0.5, within(5.0));
  }

  @Test
  void aDecreaseCountsOnceForAllThatWasUnderWay() {
    answers(1_000, 0);
    long before = now;
    nextRound();
    answers(0, 1);
    double lowered = rate.perSecond();
    for (int i = 0; i < 300; i++) {
      assertThat(rate.refused(before, now + ROUND)).isFalse();
      rate.letThrough(before, now + ROUND);
    }
    assertThat(rate.perSecond()).isEqualTo(lowered);
  }

  @Test
  void creepsAtFirstAndFasterAfterLongQuiet() {
    answers(1_000, 0);
    nextRound();
    answers(0, 1);
    nextRound();
    double low = rate.perSecond();
    answers(100, 0);
    double first = rate.perSecond() - low;
    assertThat(first).isCloseTo(100 * 0.03, within(0.01));
  }

  @Test
  void neverStopsAltogetherAndComesBackQuickly() {
    answers(1_000, 0);
    roundsOfRefusals(40);
    assertThat(rate.perSecond()).isEqualTo(5);
    nextRound();
    answers(1_000, 0);
    assertThat(rate.perSecond()).isGreaterThan(240);
  }

  /** Rate falls to about a third of the former one, and the last round had fewer refusals. */
  private void fallAmongRefusalsByChance() {
    answers(1_000, 0);
    for (int round = 0; round < 3; round++) {
      nextRound();
      for (int i = 0; i < 3; i++) {
        answers(19, 1);
      }
    }
    roundsOfRefusals(1);
    nextRound();
    for (int i = 0; i < 20; i++) {
      answers(2, 1);
    }
    assertThat(rate.perSecond()).isBetween(100.0, 200.0);
  }

  @Test
  void anOutageThatBeginsWithTheReturnIsNotTakenForALimit() {
    fallAmongRefusalsByChance();
    nextRound();
    answers(60, 0);
    assertThat(rate.perSecond()).as("returned").isGreaterThan(350);
    nextRound();
    answers(40, 20);
    roundsOfRefusals(10);
    assertThat(rate.perSecond()).isEqualTo(5);
    nextRound();
    answers(10, 0);
    assertThat(rate.perSecond()).as("returned again").isGreaterThan(350);
  }

  @Test
  void aLimitThatTheReturnHasMetIsNotTriedAgain() {
    fallAmongRefusalsByChance();
    nextRound();
    answers(60, 0);
    roundsOfRefusals(2);
    nextRound();
    for (int i = 0; i < 30; i++) {
      answers(1, 1);
    }
    double found = rate.perSecond();
    nextRound();
    answers(100, 0);
    assertThat(rate.perSecond()).isLessThan(1.5 * found);
  }

  @Test
  void aRateThatWasFoundIsThereAgainWhenALowerLimitGoes() {
    answers(1_000, 0);
    nextRound();
    answers(0, 1);
    double found = rate.perSecond();
    rate.limitTo(1);
    assertThat(rate.perSecond()).isEqualTo(1);
    nextRound();
    answers(10, 0);
    assertThat(rate.perSecond()).isEqualTo(1);
    rate.limitTo(500);
    assertThat(rate.perSecond()).isEqualTo(found);
  }

  @Test
  void refusalsUnderALowerLimitAreRefusalsOfThatRate() {
    answers(1_000, 0);
    rate.limitTo(40);
    nextRound();
    answers(0, 1);
    assertThat(rate.perSecond()).isCloseTo(38.8, within(0.1));
    rate.limitTo(500);
    assertThat(rate.perSecond()).isCloseTo(38.8, within(0.1));
  }

  @Test
  void aLowerLimitCountsAtOnceAndAHigherOneIsGrownInto() {
    rate.limitTo(40);
    assertThat(rate.perSecond()).isEqualTo(40);
    rate.limitTo(500);
    assertThat(rate.perSecond()).isEqualTo(40);
    answers(2_000, 0);
    assertThat(rate.perSecond()).isEqualTo(500);
  }
}
