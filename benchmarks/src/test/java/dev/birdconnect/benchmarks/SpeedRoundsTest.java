package dev.birdconnect.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SpeedRoundsTest {

  private final SpeedRounds rounds = new SpeedRounds();

  @Test
  void aMachineThatSlowsDownSlowsBothSidesOfARatio() {
    raw(1000).sink(900).raw(500).sink(450).raw(1000);

    assertThat(rounds.lowestRatio()).isCloseTo(0.6, within(1e-9));
    assertThat(rounds.highestRatio()).isCloseTo(1.2, within(1e-9));
    assertThat(rounds.ratio()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void oneRoundThatWasHitDoesNotCount() {
    raw(1000).sink(800).raw(1000).sink(10).raw(1000).sink(810).raw(1000);

    assertThat(rounds.ratio()).isEqualTo(0.8);
    assertThat(rounds.sinkPerSecond()).isEqualTo(800);
  }

  @Test
  void aRoundOfTheSinkStandsBetweenTwoOfTheRawClient() {
    raw(1000).sink(900);

    assertThatThrownBy(rounds::ratio).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ratioRateAndProcessorTimeAllHaveToBeReached() {
    raw(1000).sink(700).raw(1000);

    assertThat(scenario(0.7, 700, 0.25).passed(rounds)).isTrue();
    assertThat(scenario(0.71, 700, 0.25).passed(rounds)).isFalse();
    assertThat(scenario(0.7, 701, 0.25).passed(rounds)).isFalse();
    assertThat(scenario(0.7, 700, 0.19).passed(rounds)).isFalse();
  }

  @Test
  void batchesAreHeldToARate() {
    SpeedScenario batches = SpeedScenario.of(SpeedScenario.Sends.BATCHES, 100, 64, 1);
    raw(60_000).sink(19_900).raw(60_000);
    assertThat(batches.passed(rounds)).isFalse();
    sink(20_100).raw(60_000).sink(20_200).raw(60_000);

    assertThat(batches.passed(rounds)).isTrue();
    assertThat(batches.sends().records(1)).isEqualTo(500_000);
  }

  @Test
  void processorTimeIsCountedForAThousand() {
    raw(1000).sink(700).raw(1000);

    assertThat(rounds.sinkCpu()).isCloseTo(0.2, within(1e-9));
    assertThat(rounds.shortest()).isEqualTo(Duration.ofSeconds(30));
  }

  private static SpeedScenario scenario(double ratio, double perSecond, double cpu) {
    SpeedScenario.Wanted wanted =
        new SpeedScenario.Wanted(
            OptionalDouble.of(ratio), OptionalDouble.of(perSecond), OptionalDouble.of(cpu));
    return new SpeedScenario(SpeedScenario.Sends.SINGLE, 0, 256, 1, wanted);
  }

  private SpeedRoundsTest raw(int perSecond) {
    rounds.raw(part(perSecond));
    return this;
  }

  private SpeedRoundsTest sink(int perSecond) {
    rounds.sink(part(perSecond));
    return this;
  }

  /** Half a minute, with 0.2 ms of processor time for each. */
  private static MiddlePart part(int perSecond) {
    int count = 30 * perSecond;
    return new MiddlePart(count, Duration.ofSeconds(30), Duration.ofMillis(count / 5));
  }
}
