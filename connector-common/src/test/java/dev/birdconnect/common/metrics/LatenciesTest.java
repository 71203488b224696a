package dev.birdconnect.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  private long now = Duration.ofHours(1).toNanos();
  private final Latencies latencies = new Latencies(() -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void percentilesAreThoseOfWhatWasNoted() {
    for (int millis = 1; millis <= 100; millis++) {
      latencies.record(millis * 1000L);
    }

    assertThat(latencies.percentile(50)).isCloseTo(50, within(0.5));
    assertThat(latencies.percentile(95)).isCloseTo(95, within(1.0));
    assertThat(latencies.percentile(99)).isCloseTo(99, within(1.0));
    assertThat(latencies.percentile(50)).as("reading takes nothing away").isGreaterThan(49);
  }

  @Test
  void whatIsOlderThanAMinuteDoesNotCount() {
    latencies.record(1_000_000);
    pass(Duration.ofSeconds(30));
    latencies.record(2_000);
    assertThat(latencies.percentile(99)).isCloseTo(1000, within(10.0));

    pass(Duration.ofSeconds(40));
    assertThat(latencies.percentile(99)).isCloseTo(2, within(0.1));

    pass(Duration.ofMinutes(10));
    assertThat(latencies.percentile(99)).isZero();
  }

  @Test
  void aMinuteEndsAlsoWhenNobodyReads() {
    latencies.record(1_000_000);
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(15));
      latencies.record(3_000);
    }

    assertThat(latencies.percentile(99)).isCloseTo(3, within(0.1));
  }

  @Test
  void nonsenseIsCutOff() {
    latencies.record(-5);
    assertThat(latencies.percentile(50)).isZero();

    latencies.record(Long.MAX_VALUE);
    assertThat(latencies.percentile(100))
        .isCloseTo((double) Duration.ofDays(7).toMillis(), within(7 * 864_000.0));
  }
}
