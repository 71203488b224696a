package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.verdict.ReadOutcome.Hindrance;
import org.junit.jupiter.api.Test;

class PageLimitTest {

  private static final String PAGE = "page";
  private static final long MOST_BYTES = 1_000_000;
  private static final long FEW_BYTES = 1_000;

  private final PageLimit limit = wholePages();

  /** One that was told that messages are short. */
  private static PageLimit wholePages() {
    PageLimit limit = new PageLimit(1_000, MOST_BYTES);
    limit.came(PAGE, limit.now(), 0);
    assertThat(limit.now()).isEqualTo(1_000);
    return limit;
  }

  private void came(int times) {
    for (int i = 0; i < times; i++) {
      limit.came(PAGE, limit.now(), FEW_BYTES);
    }
  }

  private boolean failed(Hindrance hindrance) {
    return limit.failed(PAGE, limit.now(), hindrance);
  }

  /** How many pages come before more messages are asked for, which is too much. */
  private int pagesBeforeTheNextFailure() {
    int before = limit.now();
    int pages = 0;
    while (limit.now() == before) {
      came(1);
      pages++;
    }
    failed(Hindrance.TOO_LONG);
    assertThat(limit.now()).isEqualTo(before);
    return pages;
  }

  @Test
  void whatIsTooLongIsHalvedAtOnce() {
    assertThat(failed(Hindrance.TOO_LONG)).isTrue();
    assertThat(limit.now()).isEqualTo(500);
    failed(Hindrance.TOO_LONG);
    assertThat(limit.now()).isEqualTo(250);
  }

  @Test
  void whatIsTooSlowIsHalvedTheSecondTimeInARow() {
    assertThat(failed(Hindrance.TOO_SLOW)).isFalse();
    assertThat(limit.now()).isEqualTo(1_000);
    came(1);
    failed(Hindrance.TOO_SLOW);
    failed(Hindrance.OTHER);
    failed(Hindrance.TOO_SLOW);
    assertThat(limit.now()).as("not in a row").isEqualTo(1_000);
    assertThat(failed(Hindrance.TOO_SLOW)).isTrue();
    assertThat(limit.now()).isEqualTo(500);
  }

  @Test
  void otherFailuresChangeNothing() {
    for (int i = 0; i < 10; i++) {
      assertThat(failed(Hindrance.OTHER)).isFalse();
    }
    assertThat(limit.now()).isEqualTo(1_000);
  }

  @Test
  void oneMessageIsAlwaysAskedFor() {
    for (int i = 0; i < 20; i++) {
      failed(Hindrance.TOO_LONG);
    }
    assertThat(limit.now()).isEqualTo(1);
    assertThat(failed(Hindrance.TOO_LONG)).as("still too much").isTrue();
  }

  @Test
  void growsBackWhereNothingIsTooMuchAnyMore() {
    for (int i = 0; i < 20; i++) {
      failed(Hindrance.TOO_LONG);
    }
    came(40);
    assertThat(limit.now()).isEqualTo(1_000);
    came(100);
    assertThat(limit.now()).isEqualTo(1_000);
  }

  @Test
  void moreIsTriedLessAndLessOften() {
    failed(Hindrance.TOO_LONG);
    assertThat(pagesBeforeTheNextFailure()).isEqualTo(4);
    assertThat(pagesBeforeTheNextFailure()).isEqualTo(8);
    for (int i = 0; i < 10; i++) {
      pagesBeforeTheNextFailure();
    }
    assertThat(pagesBeforeTheNextFailure()).isEqualTo(32);
    came(32 + 32);
    failed(Hindrance.TOO_LONG);
    assertThat(pagesBeforeTheNextFailure()).as("more has come for long").isEqualTo(4);
  }

  @Test
  void aProbeOfOneMessageTellsNothing() {
    for (int i = 0; i < 10; i++) {
      assertThat(limit.failed(PAGE, 1, Hindrance.TOO_LONG)).isFalse();
    }
    assertThat(limit.now()).isEqualTo(1_000);
    failed(Hindrance.TOO_LONG);
    for (int i = 0; i < 10; i++) {
      limit.came(PAGE, 1, FEW_BYTES);
    }
    assertThat(limit.now()).isEqualTo(500);
  }

  @Test
  void aPageThatIsAskedForALittleSmallerCounts() {
    assertThat(limit.failed(PAGE, 950, Hindrance.TOO_LONG)).isTrue();
    assertThat(limit.now()).isEqualTo(475);
  }

  private void came(int times, long bytesOfAMessage) {
    for (int i = 0; i < times; i++) {
      limit.came(PAGE, limit.now(), limit.now() * bytesOfAMessage);
    }
  }

  @Test
  void aPageThatTakesTooMuchMemoryIsTheLastOfItsSize() {
    came(1, 3_000);
    assertThat(limit.now()).isEqualTo(500);
    came(1, 3_000);
    assertThat(limit.now()).isEqualTo(250);
    came(1_000, 3_000);
    assertThat(limit.now()).as("twice as many would be too much").isEqualTo(250);
    came(1, 1_500);
    assertThat(limit.now()).as("they would not be").isEqualTo(500);
    came(100, 500);
    assertThat(limit.now()).isEqualTo(1_000);
  }

  @Test
  void theFirstPageIsSmallEnoughForTheLongestMessagesAndTellsHowLongTheyAre() {
    PageLimit unsized = new PageLimit(1_000, 2_048_000);
    assertThat(unsized.now()).isEqualTo(10);
    unsized.came(PAGE, 1, FEW_BYTES);
    assertThat(unsized.now()).as("a probe tells nothing").isEqualTo(10);
    unsized.came(PAGE, 10, 20_000);
    assertThat(unsized.now()).as("three quarters of the bytes").isEqualTo(768);
    unsized.came(PAGE, 768, 768 * 2_000);
    assertThat(unsized.now()).isEqualTo(768);

    PageLimit ofShortMessages = new PageLimit(1_000, 2_048_000);
    ofShortMessages.came(PAGE, 10, 0);
    assertThat(ofShortMessages.now()).isEqualTo(1_000);
    assertThat(new PageLimit(1_000, 100).now()).isEqualTo(1);
    assertThat(new PageLimit(5, 2_048_000).now()).isEqualTo(5);
  }

  /** Pages deep down may be slower than the head, which is read in between. */
  @Test
  void aPageThatIsTooSlowAgainIsHalvedWhateverCameInBetween() {
    assertThat(limit.failed("deep", 1_000, Hindrance.TOO_SLOW)).isFalse();
    came(1);
    assertThat(limit.failed("deeper", 1_000, Hindrance.TOO_SLOW)).isFalse();
    came(1);
    assertThat(limit.failed("deep", 1_000, Hindrance.TOO_SLOW)).isTrue();
    assertThat(limit.now()).isEqualTo(500);
  }
}
