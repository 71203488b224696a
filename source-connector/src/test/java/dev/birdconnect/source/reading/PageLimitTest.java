package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.verdict.ReadOutcome.Hindrance;
import org.junit.jupiter.api.Test;

class PageLimitTest {

  private final PageLimit limit = new PageLimit(1_000);

  private void came(int times) {
    for (int i = 0; i < times; i++) {
      limit.came(limit.now());
    }
  }

  private boolean failed(Hindrance hindrance) {
    return limit.failed(limit.now(), hindrance);
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
      assertThat(limit.failed(1, Hindrance.TOO_LONG)).isFalse();
    }
    assertThat(limit.now()).isEqualTo(1_000);
    failed(Hindrance.TOO_LONG);
    for (int i = 0; i < 10; i++) {
      limit.came(1);
    }
    assertThat(limit.now()).isEqualTo(500);
  }

  @Test
  void aPageThatIsAskedForALittleSmallerCounts() {
    assertThat(limit.failed(950, Hindrance.TOO_LONG)).isTrue();
    assertThat(limit.now()).isEqualTo(475);
  }
}
