package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
import static dev.birdconnect.sink.delivery.Sends.offsets;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.reconcile.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is checked when a send is about to start. */
class PreFlightTest {

  private static final ChannelAddress CHANNEL = new ChannelAddress("w", "c");
  private static final SendRequest TO_TWO =
      Sends.request(
          """
          {"receiver": {"contacts": [{"id": "a"}, {"id": "b"}]},
           "body": {"type": "text", "text": {"text": "x"}}}""");
  private static final SendRequest AT_NOON =
      Sends.request(
          """
          {"receiver": {"contacts": [{"id": "a"}]}, "scheduledFor": "2031-03-01T12:00:00Z",
           "body": {"type": "text", "text": {"text": "x"}}}""");
  private static final Instant NOON = Instant.parse("2031-03-01T12:00:00Z");

  private Optional<Instant> serverTime = Optional.empty();
  private long now = 5;
  private final Deliveries<String> deliveries =
      new Deliveries<>(
          10,
          10,
          BatchRules.SINGLE,
          new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
          Sends.DOUBT_RULES,
          false,
          DeliveryObserver.none(),
          () -> serverTime,
          0);

  @BeforeEach
  void open() {
    deliveries.open(P0, 0);
    deliveries.open(P1, 0);
  }

  /** Starts what can start while the channel's list is empty. */
  private List<Long> start() {
    deliveries.seen(now);
    List<Consignment<String>> starts = new ArrayList<>(deliveries.start(now));
    for (Inquiry<String> inquiry : deliveries.ask(now)) {
      deliveries.answered(inquiry, Findings.ofMissingChannel(inquiry.questions()), now);
    }
    starts.addAll(deliveries.start(now));
    return offsets(starts);
  }

  /** Lets time pass while the task's thread is seen. */
  private void passTime(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      now = Math.min(end, now + Duration.ofSeconds(1).toNanos());
      deliveries.seen(now);
    }
  }

  private List<String> rejections() {
    return deliveries.outcomes().takeRejections().stream()
        .map(rejection -> rejection.position().offset() + " " + rejection.reason().sentence())
        .toList();
  }

  @Test
  void onlySendsWithSeveralContactsWaitForThePlatformWhichIsAskedForOnce() {
    deliveries.accept(send(P0, 0, "a", TO_TWO), now);
    deliveries.accept(send(P0, 1, "a"), now);
    deliveries.accept(send(P0, 2, "b", TO_TWO), now);
    deliveries.accept(send(P0, 3, "c"), now);

    assertThat(start()).as("the others of key a keep their order").containsExactly(3L);
    assertThat(deliveries.preFlight().fits(send(P0, 9, "z", TO_TWO), now)).isFalse();
    assertThat(deliveries.preFlight().fits(send(P0, 9, "z"), now)).isTrue();
    assertThat(deliveries.preFlight().ask()).containsExactly(CHANNEL);
    assertThat(deliveries.load(now).held()).isEqualTo(2);

    deliveries.preFlight().answered(CHANNEL, Optional.of("email"), now);
    assertThat(start()).containsExactly(0L, 2L);
    assertThat(deliveries.preFlight().ask()).isEmpty();
    assertThat(deliveries.load(now).held()).isZero();
    assertThat(deliveries.preFlight().fits(send(P0, 9, "z", TO_TWO), now)).isTrue();
  }

  @Test
  void severalContactsOnAnotherPlatformAreRejectedAndTheirLanesGoOn() {
    deliveries.accept(send(P0, 0, "a", TO_TWO), now);
    deliveries.accept(send(P0, 1, "a"), now);
    start();
    assertThat(deliveries.preFlight().ask()).containsExactly(CHANNEL);
    deliveries.preFlight().answered(CHANNEL, Optional.of("sms"), now);

    assertThat(start()).containsExactly(1L);
    assertThat(rejections())
        .singleElement()
        .asString()
        .startsWith("0 .receiver.contacts: there are 2 contacts, but the channel (platform sms)");

    deliveries.accept(send(P0, 2, "b", TO_TWO), now);
    assertThat(start()).isEmpty();
    assertThat(rejections()).hasSize(1);
    assertThat(deliveries.preFlight().ask()).as("the platform is remembered").isEmpty();
    assertThat(deliveries.preFlight().fits(send(P0, 9, "z", TO_TWO), now)).isFalse();
  }

  @Test
  void whereThePlatformIsNotToldTheApiDecidesAndItIsAskedForAgainLater() {
    deliveries.accept(send(P0, 0, "a", TO_TWO), now);
    start();
    assertThat(deliveries.preFlight().ask()).hasSize(1);
    deliveries.preFlight().answered(CHANNEL, Optional.empty(), now);
    assertThat(start()).containsExactly(0L);

    passTime(PreFlight.UNTOLD_FOR.minusNanos(1));
    deliveries.accept(send(P0, 1, "b", TO_TWO), now);
    assertThat(start()).containsExactly(1L);
    assertThat(deliveries.preFlight().ask()).isEmpty();

    now += 1;
    deliveries.accept(send(P0, 2, "c", TO_TWO), now);
    assertThat(start()).isEmpty();
    assertThat(deliveries.preFlight().ask()).hasSize(1);
  }

  @Test
  void lanesThatWaitForAPlatformAreDroppedWithTheirPartition() {
    deliveries.accept(send(P0, 0, "a", TO_TWO), now);
    deliveries.accept(send(P1, 0, "a"), now);
    deliveries.accept(send(P1, 1, "b", TO_TWO), now);
    assertThat(start()).isEmpty();

    deliveries.retire(Set.of(P0));
    deliveries.forget(Set.of(P0));
    assertThat(start()).as("the next one of the lane goes on").containsExactly(0L);

    deliveries.preFlight().answered(CHANNEL, Optional.of("email"), now);
    assertThat(start()).containsExactly(1L);
    assertThat(deliveries.unfinished()).isEqualTo(2);
  }

  @Test
  void soManyPlatformsAreRememberedAndNoMore() {
    for (int channel = 0; channel <= PreFlight.MOST_PLATFORMS; channel++) {
      deliveries
          .preFlight()
          .answered(new ChannelAddress("w", "c" + channel), Optional.of("sms"), now);
    }
    deliveries.preFlight().answered(CHANNEL, Optional.of("email"), now);
    deliveries.accept(send(P0, 0, "a", TO_TWO), now);
    assertThat(start()).containsExactly(0L);

    for (int channel = 1; channel <= PreFlight.MOST_PLATFORMS; channel++) {
      deliveries
          .preFlight()
          .answered(new ChannelAddress("w", "c" + channel), Optional.of("sms"), now);
    }
    deliveries.accept(send(P0, 1, "b", TO_TWO), now);
    assertThat(start()).isEmpty();
    assertThat(deliveries.preFlight().ask()).as("it was forgotten").containsExactly(CHANNEL);
  }

  @Test
  void aScheduleTooFarAheadIsRejectedByTheServersClock() {
    serverTime = Optional.of(NOON.minus(Duration.ofDays(35)).minusSeconds(61));
    deliveries.accept(send(P0, 0, "a", AT_NOON), now);
    assertThat(start()).isEmpty();
    assertThat(rejections())
        .singleElement()
        .asString()
        .startsWith("0 .scheduledFor: the time is more than 35 days ahead");

    serverTime = Optional.of(NOON.minus(Duration.ofDays(35)));
    deliveries.accept(send(P0, 1, "a", AT_NOON), now);
    assertThat(start()).containsExactly(1L);
  }

  @Test
  void beforeTheServerHasToldItsTimeTheApiDecides() {
    deliveries.accept(send(P0, 0, "a", AT_NOON), now);
    assertThat(start()).containsExactly(0L);
  }
}
