package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.delivery.OutageApi.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The API is down for ten minutes, in each way in which it can be, by a clock that is moved. */
class OutageTest {

  private static final int RECORDS = 3_000;
  private static final int KEYS = 500;
  private static final int MAX_IN_FLIGHT = 64;
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration CALL_EVERY = Duration.ofMillis(100);
  private static final Duration OUTAGE = Duration.ofMinutes(10);
  private static final Duration FIRST_MOMENTS = Duration.ofSeconds(20);

  private final FakeTimer timer = new FakeTimer();
  private final OutageApi api = new OutageApi(timer, CALL_TIMEOUT);
  private final DeliveryEngine<String> engine =
      new DeliveryEngine<>(
          api,
          api,
          timer,
          MAX_IN_FLIGHT,
          2,
          BatchRules.SINGLE,
          new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(30), () -> 0.999),
          new DoubtRules("n", DoubtPolicy.REPORT, CALL_TIMEOUT, SETTLE, 1_000),
          false,
          DeliveryObserver.none());

  /** Calls the engine as a task does; it has to be well all the time. */
  private void pass(Duration time) {
    for (long i = 0; i < time.dividedBy(CALL_EVERY); i++) {
      timer.advance(CALL_EVERY);
      engine.seen();
      assertThat(engine.failure()).isEmpty();
      assertThat(engine.takeRejections()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UP"})
  void tenMinutesOfItLoseNothingAndOneSendAtATimeTriesWhetherItIsBack(State outage) {
    engine.open(List.of(P0));
    List<Intake<String>> records = new ArrayList<>();
    for (int offset = 0; offset < RECORDS; offset++) {
      records.add(api.produced(Sends.send(P0, offset, offset * 7 % KEYS)));
    }
    engine.accept(records);
    pass(CALL_TIMEOUT.plus(SETTLE).plusSeconds(1));
    int before = api.made();
    assertThat(before).isBetween(200, RECORDS - 1_000);

    api.be(outage);
    pass(FIRST_MOMENTS);
    int atFirst = api.attempts();
    api.mostAtOnce();
    pass(OUTAGE);

    assertThat(api.mostAtOnce())
        .as("one probe at a time, but for those that get no answer for more than two seconds")
        .isEqualTo(outage == State.HANGING ? 5 : 1);
    assertThat(api.attempts() - atFirst)
        .as("probes, two seconds apart")
        .isBetween(100, (int) OUTAGE.toSeconds() / 2 + 1);
    assertThat(engine.unfinished()).isGreaterThanOrEqualTo(RECORDS - api.made());

    api.be(State.UP);
    int made = api.made();
    pass(Duration.ofSeconds(5));
    assertThat(api.made() - made).as("sent within five seconds").isGreaterThan(200);
    pass(Duration.ofMinutes(1));
    assertThat(engine.unfinished()).isZero();
    assertThat(api.made()).isEqualTo(RECORDS);
  }
}
