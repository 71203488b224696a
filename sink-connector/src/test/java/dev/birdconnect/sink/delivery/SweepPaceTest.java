package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.birdconnect.client.request.ListQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepPaceTest {

  private static final long SECOND = 1_000_000_000;

  /** A pace that knows how much the list grows. */
  private static SweepPace growing(double getPerSecond, int newsPerSecond) {
    SweepPace pace = new SweepPace(getPerSecond);
    for (int i = 0; i < 100; i++) {
      pace.swept(newsPerSecond, SECOND);
    }
    return pace;
  }

  @Test
  void withFewResultsOneSweepFollowsTheOtherWithHalfOfTheReads() {
    SweepPace pace = growing(10, 5);
    assertThat(pace.next(0, 7)).as("the first one begins at once").hasValue(7);
    pace.begin(5, 7);

    assertThat(pace.next(0, 7)).hasValue(7 + SECOND / 5);
    assertThat(pace.next(1, 7).orElseThrow()).as("with one under way").isGreaterThan(SECOND);
  }

  @Test
  void whereNothingIsSeenNoneBeginsBesideAnother() {
    SweepPace pace = new SweepPace(10);
    pace.begin(5, 0);
    assertThat(pace.next(1, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 8500, 100000",
    "24, 20000, 42500",
    "50, 20000, 42500",
    "50, 40000, 21250",
    "10, 99999, 100000"
  })
  void whereTheListGrowsByNearlyAPageTheNextBeginsWithoutWaiting(
      double reads, int newsPerSecond, long gapMicros) {
    SweepPace pace = growing(reads, newsPerSecond);
    pace.begin(1, 0);

    long gap = pace.next(1, 0).orElseThrow();

    assertThat(gap).isCloseTo(gapMicros * 1_000, within(1_000L));
    assertThat(pace.next(SweepPace.MOST_UNDER_WAY - 1, 0)).hasValue(gap);
    assertThat(pace.next(SweepPace.MOST_UNDER_WAY, 0)).isEmpty();
  }

  @Test
  void sweepsAreNeverCloserThanTheReadsAllow() {
    SweepPace pace = growing(10, 99_999);
    pace.begin(1, 0);
    assertThat(pace.next(0, 0)).hasValue(SECOND / 10);
    assertThat(pace.next(1, 0)).hasValue(SECOND / 10);
  }

  @Test
  void theNewestSweepCountsForThreeTenths() {
    SweepPace pace = growing(10, 400);
    pace.swept(0, SECOND);
    pace.begin(0, 0);
    assertThat(pace.begin(0, SECOND)).isBetween(463, 464);
  }

  @Test
  void aSweepThatBeganWithTheOneBeforeItTellsNothing() {
    SweepPace pace = growing(10, 400);
    pace.swept(1_000, 0);
    pace.begin(0, 0);
    assertThat(pace.begin(0, SECOND)).isBetween(619, 620);
  }

  @Test
  void theFirstPageHoldsWhatIsToBeSeenAndSomeMore() {
    assertThat(new SweepPace(10).begin(0, 0)).isEqualTo(100);
    assertThat(new SweepPace(10).begin(500, 0)).isEqualTo(750);
    assertThat(new SweepPace(10).begin(5_000, 0)).isEqualTo(ListQuery.MAX_LIMIT);
    SweepPace growing = growing(10, 400);
    growing.begin(0, 0);
    assertThat(growing.begin(0, SECOND)).isBetween(619, 620);
  }
}
