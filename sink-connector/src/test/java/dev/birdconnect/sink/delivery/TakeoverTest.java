package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Doubts.SECOND;
import static dev.birdconnect.sink.delivery.Doubts.assertStopsBecauseOf;
import static dev.birdconnect.sink.delivery.Doubts.deliveries;
import static dev.birdconnect.sink.delivery.Doubts.nothingSent;
import static dev.birdconnect.sink.delivery.Doubts.single;
import static dev.birdconnect.sink.delivery.Doubts.takenOver;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
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
import dev.birdconnect.sink.reconcile.Questions;
import dev.birdconnect.sink.reconcile.SeenPage;
import dev.birdconnect.sink.reconcile.Takeover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens when a partition comes that may have had another owner. */
class TakeoverTest {

  private static final PartitionId P2 = new PartitionId("orders", 2);

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
  void aRecordThatAnEarlierOwnerMayHaveSentIsReportedSentOrFatalByPolicy() {
    for (DoubtPolicy policy : DoubtPolicy.values()) {
      Deliveries<String> deliveries = deliveries(policy);
      deliveries.accept(send(P0, 5, "a"), 0);
      deliveries.accept(send(P0, 6, "a"), 0);
      Inquiry<String> inquiry = single(deliveries.ask(3 * SECOND));
      deliveries.answered(inquiry, Findings.ofUnreadableList(inquiry.questions()), 3 * SECOND);

      List<Consignment<String>> next = deliveries.start(3 * SECOND);

      switch (policy) {
        case REPORT -> {
          assertThat(deliveries.outcomes().takeRejections())
              .hasSize(2)
              .allSatisfy(
                  one ->
                      assertThat(one.reason().sentence())
                          .contains("unknown outcome", "an earlier task may have sent it"));
          assertThat(next).isEmpty();
        }
        case SEND -> assertThat(offsets(next)).containsExactly(5L);
        case FAIL -> {
          assertThat(next).isEmpty();
          assertStopsBecauseOf(5, deliveries);
        }
      }
    }
  }

  @Test
  void aChannelThatIsReadForATakeoverDoesNotHoldUpRecordsForOthers() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    deliveries.accept(through("other", send(P0, 1, "b")), 0);
    List<Inquiry<String>> both = deliveries.ask(3 * SECOND);
    assertThat(both).hasSize(2);

    deliveries.answered(both.get(0), nothingSent(), 3 * SECOND);

    List<Consignment<String>> started = deliveries.start(3 * SECOND);
    assertThat(started)
        .extracting(one -> one.first().send().address())
        .containsExactly(both.get(0).address());
    deliveries.answered(both.get(1), nothingSent(), 4 * SECOND);
    assertThat(deliveries.start(4 * SECOND)).hasSize(1);
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
}
