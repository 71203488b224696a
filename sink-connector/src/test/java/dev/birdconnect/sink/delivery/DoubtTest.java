package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Doubts.SECOND;
import static dev.birdconnect.sink.delivery.Doubts.assertStopsBecauseOf;
import static dev.birdconnect.sink.delivery.Doubts.deliveries;
import static dev.birdconnect.sink.delivery.Doubts.nothingSent;
import static dev.birdconnect.sink.delivery.Doubts.single;
import static dev.birdconnect.sink.delivery.Doubts.takenOver;
import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
import static dev.birdconnect.sink.delivery.Sends.THROTTLED;
import static dev.birdconnect.sink.delivery.Sends.UNKNOWN;
import static dev.birdconnect.sink.delivery.Sends.offsets;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.Mark;
import dev.birdconnect.sink.reconcile.SentMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens to sends whose outcome is unknown. */
class DoubtTest {

  private static final SentMessage MESSAGE =
      new SentMessage(Optional.of("found"), Optional.of(Instant.EPOCH), Optional.empty());

  private static Mark identity(long offset) {
    return send(P0, offset, "k").mark();
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
          assertStopsBecauseOf(5, deliveries);
        }
      }
    }
  }

  @Test
  void aSendThatFailsAgainAndAgainIsNamedInALineAtEachDoubling() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    takenOver(deliveries);
    long now = 3 * SECOND;
    long offset = 0;
    List<String> lines;
    try (LoggedLines logged = new LoggedLines()) {
      for (int failures = 0; failures < 40; now += SECOND) {
        offset++;
        deliveries.accept(send(P0, offset, offset), now);
        deliveries.seen(now);
        for (Inquiry<String> inquiry : deliveries.ask(now)) {
          deliveries.answered(inquiry, noMessages(), now);
        }
        for (Consignment<String> sent : deliveries.start(now)) {
          boolean bad = sent.first().send().position().offset() == 0;
          failures += bad ? 1 : 0;
          deliveries.ended(sent, bad ? UNKNOWN : ACCEPTED, now);
        }
      }
      lines = logged.lines();
    }
    assertThat(lines)
        .filteredOn(line -> line.contains("WARN") && line.contains("bk1:n:orders:0:0:0"))
        .extracting(line -> line.replaceAll(".* has failed (\\d+) times.*", "$1"))
        .containsExactly("8", "16", "32");
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
  void aDoubtThatComesWhileTheListIsReadWaitsForTheNextReading() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    deliveries.accept(send(P0, 1, "b"), 0);
    takenOver(deliveries);
    List<Consignment<String>> started = deliveries.start(3 * SECOND);
    deliveries.ended(started.get(0), UNKNOWN, 3 * SECOND);
    Inquiry<String> first = single(deliveries.ask(4 * SECOND));
    deliveries.ended(started.get(1), UNKNOWN, 4 * SECOND);
    assertThat(deliveries.ask(6 * SECOND)).as("one listing at a time").isEmpty();

    deliveries.answered(first, noMessages(), 6 * SECOND);

    assertThat(single(deliveries.ask(6 * SECOND)).doubts())
        .extracting(doubt -> doubt.send().position().offset())
        .containsExactly(1L);
  }

  @Test
  void theAgeOfADoubtIsThatOfItsFirstAttempt() {
    Deliveries<String> deliveries = deliveries(DoubtPolicy.REPORT);
    deliveries.accept(send(P0, 0, "a"), 0);
    takenOver(deliveries);
    deliveries.ended(deliveries.start(3 * SECOND).get(0), UNKNOWN, 4 * SECOND);
    deliveries.answered(single(deliveries.ask(5 * SECOND)), noMessages(), 5 * SECOND);
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
    deliveries.answered(inquiry, noMessages(), 5 * SECOND);

    assertThat(deliveries.doubts()).isZero();
    assertThat(deliveries.start(4 * SECOND)).isEmpty();
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
