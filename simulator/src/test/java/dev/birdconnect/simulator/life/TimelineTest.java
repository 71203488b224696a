package dev.birdconnect.simulator.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long START = 1_000_000;
  private static final Handover IN_TIME = new Handover.InTime();

  @Test
  void aDeliveredMessagePassesEveryStatusInItsTime() {
    Timeline life = outgoing(LifeProfile.steady(), 1, Optional.empty());

    assertThat(life.at(START).status()).isEqualTo(MessageStatus.ACCEPTED);
    assertThat(life.at(START + 199).status()).isEqualTo(MessageStatus.ACCEPTED);
    assertThat(life.at(START + 200).status()).isEqualTo(MessageStatus.PROCESSING);
    assertThat(life.at(START + 500).status()).isEqualTo(MessageStatus.SENT);
    assertThat(life.at(START + 1500).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(life.at(Long.MAX_VALUE).sinceMillis()).isEqualTo(START + 1500);
  }

  @Test
  void failuresCarryACodeOfTheirRange() {
    assertThat(last(Outcome.REJECTED).failure().orElseThrow().code()).isBetween(11_000, 11_999);
    assertThat(last(Outcome.SENDING_FAILED).failure().orElseThrow().code())
        .isBetween(15_000, 15_999);
    assertThat(last(Outcome.DELIVERY_FAILED).failure().orElseThrow().code())
        .isBetween(15_000, 15_999);
    assertThat(last(Outcome.SENT_ONLY).status()).isEqualTo(MessageStatus.SENT);
    assertThat(last(Outcome.SKIPPED).status()).isEqualTo(MessageStatus.SKIPPED);
    assertThat(statuses(Outcome.DELIVERY_FAILED))
        .containsExactly(
            MessageStatus.ACCEPTED,
            MessageStatus.PROCESSING,
            MessageStatus.SENT,
            MessageStatus.DELIVERY_FAILED);
  }

  @Test
  void sharesHoldOverManyMessages() {
    LifeProfile profile = LifeProfile.steady().withFailures(0.1, 0.2, 0.3);
    Map<MessageStatus, Integer> ends = new EnumMap<>(MessageStatus.class);
    for (int i = 0; i < 20_000; i++) {
      ends.merge(end(outgoing(profile, i, Optional.empty())).status(), 1, Integer::sum);
    }
    assertThat(ends.get(MessageStatus.REJECTED)).isBetween(1800, 2200);
    assertThat(ends.get(MessageStatus.SENDING_FAILED)).isBetween(3700, 4300);
    assertThat(ends.get(MessageStatus.DELIVERY_FAILED)).isBetween(5600, 6400);
    assertThat(ends.get(MessageStatus.DELIVERED)).isBetween(7600, 8400);
  }

  @Test
  void withoutReceiptsSentIsTheEnd() {
    assertThat(end(outgoing(LifeProfile.steady().withoutReceipts(), 1, Optional.empty())).status())
        .isEqualTo(MessageStatus.SENT);
  }

  @Test
  void magicReceiversCountBeforeTheAt() {
    assertThat(MagicReceivers.outcome("+31609990404")).contains(Outcome.SENDING_FAILED);
    assertThat(MagicReceivers.outcome("ann9990405@example.org")).contains(Outcome.DELIVERY_FAILED);
    assertThat(MagicReceivers.outcome("9990403")).contains(Outcome.REJECTED);
    assertThat(MagicReceivers.outcome("+31600000404")).isEmpty();
    assertThat(MagicReceivers.outcome("")).isEmpty();
  }

  @Test
  void aProfileThatCannotBeIsRefused() {
    assertThatThrownBy(() -> LifeProfile.steady().withFailures(0.5, 0.4, 0.2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                LifeProfile.steady()
                    .withDelays(
                        Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPlatformTakesItsRateAndTheRestWaitsInProcessingOrFails() {
    LifeProfile profile = LifeProfile.steady().withRatePerSecond(10);
    Throughput platform = new Throughput();
    List<Timeline> lives = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      lives.add(Fate.of(profile, i, Optional.empty(), START, Optional.empty(), platform).life());
    }
    Map<Long, Integer> sentBySecond = new TreeMap<>();
    for (Timeline life : lives) {
      for (Step step : life.steps()) {
        if (step.status() == MessageStatus.SENT) {
          sentBySecond.merge(step.sinceMillis() / 1000, 1, Integer::sum);
        }
      }
    }
    assertThat(sentBySecond.get((START + 500) / 1000)).isEqualTo(10);
    assertThat(sentBySecond.values()).allMatch(sent -> sent <= 10);
    long failed = lives.stream().filter(life -> end(life).failure().isPresent()).count();
    long delivered =
        lives.stream().filter(life -> end(life).status() == MessageStatus.DELIVERED).count();
    assertThat(failed).isBetween(1000L, 4500L);
    assertThat(delivered + failed).isEqualTo(5000);
    Timeline waiting = lives.get(50);
    assertThat(waiting.at(START + 1000).status()).isEqualTo(MessageStatus.PROCESSING);
    Timeline givenUp =
        lives.stream().filter(life -> end(life).failure().isPresent()).findFirst().orElseThrow();
    assertThat(end(givenUp).status()).isEqualTo(MessageStatus.SENDING_FAILED);
    assertThat(end(givenUp).failure().orElseThrow().code()).isBetween(15_000, 15_999);
    assertThat(end(givenUp).sinceMillis()).isGreaterThan(START + 100_000);
  }

  @Test
  void belowTheRateNothingWaits() {
    LifeProfile profile = LifeProfile.steady().withRatePerSecond(10);
    Throughput platform = new Throughput();
    for (int i = 0; i < 100; i++) {
      Timeline life =
          Fate.of(profile, i, Optional.empty(), START + i * 100L, Optional.empty(), platform)
              .life();
      assertThat(end(life).sinceMillis()).isEqualTo(START + i * 100L + 1500);
    }
  }

  @Property
  void stepsNeverGoBackAndEqualLuckIsEqualLife(
      @ForAll long luck,
      @ForAll @DoubleRange(min = 0, max = 1) double spread,
      @ForAll @LongRange(min = 0, max = 10_000_000) long scheduledLater) {
    LifeProfile profile = LifeProfile.steady().withSpread(spread).withFailures(0.2, 0.2, 0.2);
    Optional<Long> scheduled =
        scheduledLater == 0 ? Optional.empty() : Optional.of(START + scheduledLater);
    Timeline life = new Fate(profile, luck, Optional.empty(), START, scheduled, IN_TIME).life();

    assertThat(life.steps()).extracting(Step::sinceMillis).isSorted();
    assertThat(life.steps().get(0).sinceMillis()).isEqualTo(START);
    assertThat(life.steps())
        .isEqualTo(
            new Fate(profile, luck, Optional.empty(), START, scheduled, IN_TIME).life().steps());
  }

  private static List<MessageStatus> statuses(Outcome outcome) {
    return outgoing(LifeProfile.steady(), 1, Optional.of(outcome)).steps().stream()
        .map(Step::status)
        .toList();
  }

  private static Step last(Outcome outcome) {
    return end(outgoing(LifeProfile.steady(), 1, Optional.of(outcome)));
  }

  private static Step end(Timeline life) {
    return life.at(Long.MAX_VALUE);
  }

  private static Timeline outgoing(LifeProfile profile, long luck, Optional<Outcome> forced) {
    return new Fate(profile, luck, forced, START, Optional.empty(), IN_TIME).life();
  }
}
