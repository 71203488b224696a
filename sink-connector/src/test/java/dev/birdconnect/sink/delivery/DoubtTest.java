package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
import static dev.birdconnect.sink.delivery.Sends.THROTTLED;
import static dev.birdconnect.sink.delivery.Sends.UNKNOWN;
import static dev.birdconnect.sink.delivery.Sends.offsets;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.ListDirection;
import dev.birdconnect.sink.reconcile.Listing;
import dev.birdconnect.sink.reconcile.ListingLimits;
import dev.birdconnect.sink.reconcile.Mark;
import dev.birdconnect.sink.reconcile.Questions;
import dev.birdconnect.sink.reconcile.SeenPage;
import dev.birdconnect.sink.reconcile.SentMessage;
import dev.birdconnect.sink.reconcile.Takeover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens to sends whose outcome is unknown, and when a partition is taken over. */
class DoubtTest {

  private static final PartitionId P2 = new PartitionId("orders", 2);

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final SentMessage MESSAGE =
      new SentMessage(Optional.of("found"), Optional.of(Instant.EPOCH), Optional.empty());

  private static Deliveries<String> deliveries(DoubtPolicy policy) {
    return deliveries(policy, Duration.ofSeconds(1), 0);
  }

  private static Deliveries<String> deliveries(
      DoubtPolicy policy, Duration longestWait, long start) {
    Deliveries<String> deliveries =
        new Deliveries<>(
            10,
            10,
            BatchRules.SINGLE,
            new RetrySchedule(Duration.ofMillis(100), longestWait, () -> 1.0),
            new DoubtRules("n", policy, Duration.ofSeconds(2), Duration.ofSeconds(1), 10),
            false,
            DeliveryObserver.none(),
            Optional::empty,
            start);
    deliveries.open(P0, start);
    deliveries.open(P1, start);
    return deliveries;
  }

  private static Mark identity(long offset) {
    return send(P0, offset, "k").mark();
  }

  private static Findings nothingSent() {
    return new Findings(
        Map.of(), Set.of(), Map.of(P0, EarlierSends.none(), P1, EarlierSends.none()), 1);
  }

  private static Inquiry<String> single(List<Inquiry<String>> inquiries) {
    assertThat(inquiries).hasSize(1);
    return inquiries.get(0);
  }

  /** Past the takeover of both partitions, at 3 s. */
  private static void takenOver(Deliveries<String> deliveries) {
    assertThat(deliveries.start(3 * SECOND)).isEmpty();
    deliveries.answered(single(deliveries.ask(3 * SECOND)), nothingSent(), 5 * SECOND);
  }

  @Test
  void nothingStartsBeforeTheListToldWhatAnEarlierOwnerSent() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 5, "a"), 0);
    deliveries.accept(send(P0, 6, "b"), 0);

    assertThat(deliveries.start(0)).isEmpty();
    assertThat(deliveries.ask(3 * SECOND - 1)).isEmpty();
    assertThat(deliveries.nextStart(0)).hasValue(3 * SECOND);
    Inquiry<String> inquiry = single(deliveries.ask(3 * SECOND));
    assertThat(inquiry.takeovers())
        .singleElement()
        .satisfies(takeover -> assertThat(takeover.question().first()).isEqualTo(5));
    assertThat(deliveries.ask(4 * SECOND)).as("one listing at a time").isEmpty();
    assertThat(deliveries.start(4 * SECOND)).isEmpty();

    deliveries.answered(inquiry, nothingSent(), 5 * SECOND);

    assertThat(offsets(deliveries.start(4 * SECOND))).containsExactly(5L, 6L);
  }

  @Test
  void aSendStillInDoubtIsReportedSentOrFatalByPolicy() {
    for (DoubtPolicy policy : DoubtPolicy.values()) {
      Deliveries<String> deliveries = deliveries(policy);
      deliveries.accept(send(P0, 5, "a"), 0);
      deliveries.accept(send(P0, 6, "a"), 0);
      takenOver(deliveries);
      deliveries.ended(deliveries.start(3 * SECOND).get(0), UNKNOWN, 3 * SECOND);
      assertThat(deliveries.start(3 * SECOND)).as("the lane waits").isEmpty();
      Inquiry<String> inquiry = single(deliveries.ask(4 * SECOND));

      deliveries.answered(
          inquiry, new Findings(Map.of(), Set.of(identity(5)), Map.of(), 10), 5 * SECOND);

      List<Consignment<String>> next = deliveries.start(4 * SECOND);
      switch (policy) {
        case REPORT -> {
          assertThat(deliveries.outcomes().takeRejections())
              .singleElement()
              .satisfies(one -> assertThat(one.reason().sentence()).contains("unknown outcome"));
          assertThat(offsets(next)).containsExactly(6L);
        }
        case SEND -> assertThat(offsets(next)).containsExactly(5L);
        case FAIL -> {
          assertThat(next).isEmpty();
          assertThat(deliveries.failure().orElseThrow().sentence())
              .contains(
                  "topic orders, partition 0, offset 5", "bk1:n:orders:0:5:0", "doubt.policy=send");
        }
      }
    }
  }

  @Test
  void aSendThatIsFoundIsFinishedAndOneThatIsNotIsSentAgain() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    deliveries.accept(send(P0, 1, "a"), 0);
    deliveries.accept(send(P0, 2, "b"), 0);
    deliveries.accept(send(P0, 3, "b"), 0);
    deliveries.accept(send(P0, 4, "c"), 0);
    takenOver(deliveries);
    List<Consignment<String>> started = deliveries.start(3 * SECOND);
    assertThat(offsets(started)).containsExactly(0L, 2L, 4L);
    deliveries.ended(started.get(0), UNKNOWN, 3 * SECOND);
    deliveries.ended(started.get(1), UNKNOWN, 3 * SECOND);
    deliveries.ended(started.get(2), ACCEPTED, 3 * SECOND);
    assertThat(deliveries.doubts()).isEqualTo(2);
    assertThat(deliveries.ask(4 * SECOND - 1)).as("before the list is settled").isEmpty();
    Inquiry<String> inquiry = single(deliveries.ask(4 * SECOND));
    assertThat(inquiry.doubts()).hasSize(2);

    deliveries.answered(
        inquiry, new Findings(Map.of(identity(0), MESSAGE), Set.of(), Map.of(), 1), 5 * SECOND);

    List<Consignment<String>> next = deliveries.start(4 * SECOND);
    assertThat(offsets(next)).containsExactly(1L, 2L);
    assertThat(deliveries.oldestUnfinished(P0)).hasValue(1);
    assertThat(deliveries.doubts()).isZero();
  }

  @Test
  void theAgeOfADoubtIsThatOfItsFirstAttempt() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    takenOver(deliveries);
    deliveries.ended(deliveries.start(3 * SECOND).get(0), UNKNOWN, 4 * SECOND);
    deliveries.answered(
        single(deliveries.ask(5 * SECOND)),
        new Findings(Map.of(), Set.of(), Map.of(), 1),
        5 * SECOND);
    deliveries.ended(deliveries.start(6 * SECOND).get(0), UNKNOWN, 7 * SECOND);

    assertThat(single(deliveries.ask(8 * SECOND)).questions().unknown())
        .singleElement()
        .satisfies(unknown -> assertThat(unknown.firstAttemptAt()).isEqualTo(3 * SECOND));
  }

  @Test
  void aSendThatFailsAgainAndAgainWaitsLongerEachTimeFromItsAttemptOn() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT, Duration.ofSeconds(20), 0);
    deliveries.accept(send(P0, 0, "a"), 0);
    takenOver(deliveries);
    long now = 3 * SECOND;
    for (long wait : List.of(1L, 1L, 1L, 1L, 2L, 3L, 6L, 13L, 20L, 20L)) {
      deliveries.seen(now);
      deliveries.ended(deliveries.start(now).get(0), UNKNOWN, now);
      Inquiry<String> inquiry = single(deliveries.ask(now + SECOND));
      deliveries.seen(now + SECOND);
      deliveries.answered(inquiry, noMessages(), now + SECOND);
      long again = deliveries.nextStart(now + SECOND).orElse(now + SECOND);
      assertThat((again - now + SECOND / 2) / SECOND).isEqualTo(wait);
      for (; now < again; now += SECOND) {
        deliveries.seen(now);
      }
      now = again;
    }
  }

  @Test
  void aSendOnWhichTheProbesFailedDoesNotWaitForLongAfterTheOutage() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT, Duration.ofSeconds(60), 0);
    deliveries.accept(send(P0, 0, "a"), 0);
    takenOver(deliveries);
    long now = 3 * SECOND;
    long failedAt = now;
    for (int failures = 0; failures < 2 * HostGate.MOST_FAILURES; now += SECOND / 10) {
      deliveries.seen(now);
      for (Inquiry<String> inquiry : deliveries.ask(now)) {
        deliveries.answered(inquiry, noMessages(), now);
      }
      for (Consignment<String> probe : deliveries.start(now)) {
        failures++;
        assertThat(now - failedAt)
            .isLessThanOrEqualTo((failures > HostGate.MOST_FAILURES ? 3 : 61) * SECOND);
        failedAt = now;
        deliveries.ended(probe, UNKNOWN, now);
      }
    }
  }

  @Test
  void allPartitionsThatAreDueAreTakenOverByOneListingOfTheirChannel() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.open(P2, SECOND);
    deliveries.accept(send(P0, 0, "a"), 0);
    deliveries.accept(send(P1, 0, "b"), 0);
    deliveries.accept(send(P2, 0, "c"), SECOND);

    Inquiry<String> first = single(deliveries.ask(3 * SECOND));
    assertThat(first.questions().takeovers())
        .extracting(Takeover::partition)
        .containsExactlyInAnyOrder(P0, P1);
    assertThat(deliveries.ask(4 * SECOND)).as("one listing at a time").isEmpty();

    deliveries.answered(first, nothingSent(), 4 * SECOND);
    assertThat(single(deliveries.ask(4 * SECOND)).questions().takeovers())
        .extracting(Takeover::partition)
        .containsExactly(P2);
  }

  @Test
  void whatTheListOfOneChannelProvesBoundsTheListingsOfOthers() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    Instant proven = Instant.parse("2031-03-01T13:00:00Z");
    deliveries.accept(send(P0, 0, "a"), 0);
    EarlierSends earlier = proof(proven);
    deliveries.answered(
        single(deliveries.ask(3 * SECOND)),
        new Findings(Map.of(), Set.of(), Map.of(P0, earlier), 1),
        3 * SECOND);

    deliveries.accept(through("other", send(P0, 1, "b")), 3 * SECOND);

    assertThat(single(deliveries.ask(3 * SECOND)).questions().takeovers())
        .singleElement()
        .satisfies(takeover -> assertThat(takeover.provenSince()).contains(proven));
  }

  @Test
  void aPartitionThatComesBackWithoutHavingBeenLostKeepsItsState() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    takenOver(deliveries);
    deliveries.start(3 * SECOND);

    deliveries.open(P0, 4 * SECOND);

    assertThat(deliveries.oldestUnfinished(P0)).hasValue(0);
    assertThat(deliveries.accept(send(P0, 0, "a"), 4 * SECOND)).as("known").isFalse();
    deliveries.accept(send(P0, 1, "b"), 4 * SECOND);
    assertThat(offsets(deliveries.start(4 * SECOND))).as("no second takeover").containsExactly(1L);

    deliveries.retire(Set.of(P0));
    deliveries.open(P0, 5 * SECOND);
    assertThat(deliveries.accept(send(P0, 0, "a"), 5 * SECOND)).as("it was given up").isTrue();
  }

  private static Send<String> through(String channel, Send<String> send) {
    return new Send<>(
        send.position(),
        send.identity(),
        send.notMadeBefore(),
        send.orderKey(),
        new ChannelAddress("w", channel),
        send.origin(),
        send.request(),
        send.record(),
        send.weight());
  }

  /** What a list tells that shows a message made then, a span below the first record. */
  private static EarlierSends proof(Instant madeAt) {
    Listing listing =
        new Listing(
            "n",
            new ListingLimits(10, Duration.ZERO),
            ListDirection.DEFAULT,
            new Questions(
                List.of(),
                List.of(new Takeover(P0, RecordReference.SPAN, Optional.empty(), false))));
    Message message =
        new Message(
            "m",
            "c",
            MessageStatus.ACCEPTED,
            madeAt,
            madeAt,
            JsonNodeFactory.instance.objectNode().put("reference", "bk1:n:orders:0:0:0"));
    listing.read(
        listing.begin().orElseThrow(),
        SeenPage.of(new MessagePage(List.of(message), Optional.empty())),
        Optional.empty(),
        0);
    return listing.findings().earlier().get(P0);
  }

  private static Findings noMessages() {
    return new Findings(Map.of(), Set.of(), Map.of(), 1);
  }

  @Test
  void aDoubtDoesNotWaitForATakeoverThatReadsFarDown() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    takenOver(deliveries);
    deliveries.ended(deliveries.start(3 * SECOND).get(0), UNKNOWN, 3 * SECOND);
    deliveries.accept(send(P1, 0, "b"), 3 * SECOND);
    Inquiry<String> takeover =
        deliveries.ask(3 * SECOND).stream()
            .filter(inquiry -> !inquiry.takeovers().isEmpty())
            .findFirst()
            .orElseThrow();

    Inquiry<String> doubt = single(deliveries.ask(4 * SECOND));
    deliveries.answered(doubt, noMessages(), 4 * SECOND);

    assertThat(offsets(deliveries.start(4 * SECOND))).containsExactly(0L);
    assertThat(deliveries.ask(5 * SECOND)).as("one listing for takeovers at a time").isEmpty();
    deliveries.answered(takeover, nothingSent(), 5 * SECOND);
    assertThat(deliveries.start(5 * SECOND)).hasSize(1);
  }

  @Test
  void timesAreComparedAlsoWhereTheClocksNumbersWrapAround() {
    long start = Long.MAX_VALUE - 3 * SECOND - SECOND / 2;
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT, Duration.ofSeconds(1), start);
    deliveries.accept(send(P0, 0, "a"), start);
    deliveries.accept(send(P0, 1, "b"), start);
    long now = start + 3 * SECOND;
    assertThat(deliveries.nextStart(start)).hasValue(now);
    deliveries.answered(single(deliveries.ask(now)), nothingSent(), now);
    List<Consignment<String>> started = deliveries.start(now);
    deliveries.ended(started.get(0), UNKNOWN, now);
    deliveries.ended(started.get(1), THROTTLED, now + SECOND);

    assertThat(deliveries.nextStart(now + SECOND)).hasValue(now + SECOND);
    assertThat(single(deliveries.ask(now + SECOND)).doubts()).hasSize(1);
    assertThat(deliveries.nextStart(now + SECOND)).hasValue(now + SECOND + SECOND / 10);
  }

  @Test
  void doubtsOfPartitionsThatAreGivenUpAreDroppedAndTheirLanesGoOn() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    deliveries.accept(send(P1, 0, "a"), 0);
    takenOver(deliveries);
    deliveries.ended(deliveries.start(3 * SECOND).get(0), UNKNOWN, 3 * SECOND);
    Inquiry<String> inquiry = single(deliveries.ask(4 * SECOND));

    deliveries.retire(Set.of(P0));
    List<Consignment<String>> next = deliveries.start(4 * SECOND);
    assertThat(next)
        .extracting(attempt -> attempt.first().send().position().partition())
        .containsExactly(P1);
    deliveries.forget(Set.of(P0));
    deliveries.answered(inquiry, new Findings(Map.of(), Set.of(), Map.of(), 1), 5 * SECOND);

    assertThat(deliveries.doubts()).isZero();
    assertThat(deliveries.start(4 * SECOND)).isEmpty();
  }

  @Test
  void lanesThatWaitForATakeoverGoOnWithoutThePartitionThatIsGivenUp() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    deliveries.accept(send(P1, 0, "a"), 0);
    assertThat(deliveries.start(0)).isEmpty();

    deliveries.retire(Set.of(P0));
    deliveries.forget(Set.of(P0));
    takenOver(deliveries);

    assertThat(deliveries.start(3 * SECOND))
        .extracting(attempt -> attempt.first().send().position().partition())
        .containsExactly(P1);
  }

  @Test
  void withoutTheLeaseNothingStarts() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    takenOver(deliveries);
    assertThat(deliveries.start(11 * SECOND)).isEmpty();
    assertThat(deliveries.nextStart(11 * SECOND)).isEmpty();

    deliveries.seen(12 * SECOND);
    assertThat(deliveries.start(12 * SECOND)).isEmpty();
    assertThat(deliveries.nextStart(12 * SECOND)).hasValue(22 * SECOND);
    deliveries.seen(21 * SECOND);
    assertThat(deliveries.start(22 * SECOND)).hasSize(1);
  }
}
