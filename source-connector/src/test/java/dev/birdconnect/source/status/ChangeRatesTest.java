package dev.birdconnect.source.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often messages change is guessed at first, and learned. */
class ChangeRatesTest {

  private static final Duration YOUNG = Duration.ofSeconds(70);
  private static final Duration OLD = Duration.ofHours(9);

  private final ChangeRates rates = new ChangeRates();

  @Test
  void atFirstAMessageIsTakenToStayOpenForAsLongAsItHasBeen() {
    assertThat(rates.perSecond(YOUNG)).isEqualTo(1.0 / 64);
    assertThat(rates.perSecond(OLD)).isEqualTo(1.0 / 16_384, within(1e-9));
  }

  @Test
  void whatReadingsShowOutweighsTheGuess() {
    learn(OLD, 100_000, 10_000);

    assertThat(rates.perSecond(OLD)).isEqualTo(10_000.0 / (100_000 * 60), within(5e-5));
    assertThat(rates.perSecond(YOUNG)).as("another age").isEqualTo(1.0 / 64);
  }

  @Test
  void anAgeWithoutChangesKeepsATenthOfWhatAllHaveTogether() {
    learn(YOUNG, 1_000, 100);
    learn(OLD, 100_000, 0);

    assertThat(rates.perSecond(OLD)).isEqualTo(0.1 * 100 / (101_000 * 60), within(1e-9));
  }

  private void learn(Duration age, int readings, int changes) {
    for (int i = 0; i < readings; i++) {
      rates.learn(age, Duration.ofMinutes(1), i < changes);
    }
  }
}
