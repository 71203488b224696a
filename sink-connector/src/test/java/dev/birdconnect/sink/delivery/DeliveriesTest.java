package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.PlainWorld.MILLI;
import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.DENIED;
import static dev.birdconnect.sink.delivery.Sends.NOT_CONNECTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
import static dev.birdconnect.sink.delivery.Sends.REJECTED;
import static dev.birdconnect.sink.delivery.Sends.THROTTLED;
import static dev.birdconnect.sink.delivery.Sends.UNKNOWN;
import static dev.birdconnect.sink.delivery.Sends.offsets;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.position.RecordPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private long now = 5;

  private static Deliveries<String> deliveries(int maxInFlight) {
    return new PlainWorld(maxInFlight).deliveries;
  }

  private List<Consignment<String>> start(Deliveries<String> deliveries) {
    return PlainWorld.start(deliveries, now);
  }

  @Property(tries = 200)
  void keysKeepTheirOrderWhateverHappens(
      @ForAll @IntRange(min = 1, max = 8) int maxInFlight,
      @ForAll @IntRange(min = 1, max = 6) int keys,
      @ForAll Random random) {
    Deliveries<String> deliveries = deliveries(maxInFlight);
    Map<Object, List<Long>> decided = new HashMap<>();
    Map<Object, Consignment<String>> inFlight = new HashMap<>();
    long offered = 0;
    long clock = 0;
    int records = 60;
    int steps = 0;
    while (offered < records || deliveries.unfinished() > 0) {
      steps++;
      assertThat(steps).as("steps until all records are finished").isLessThan(100_000);
      if (offered < records && random.nextInt(3) == 0) {
        deliveries.accept(send(offered % 2 == 0 ? P0 : P1, offered, offered % keys), now);
        offered++;
      }
      clock += random.nextInt(200) * MILLI;
      for (Consignment<String> attempt : PlainWorld.start(deliveries, clock)) {
        Object key = attempt.first().send().orderKey().orElseThrow();
        assertThat(inFlight.put(key, attempt)).as("two in flight of one key").isNull();
      }
      assertThat(deliveries.inFlight()).isEqualTo(inFlight.size()).isLessThanOrEqualTo(maxInFlight);
      if (!inFlight.isEmpty()) {
        Object key = new ArrayList<>(inFlight.keySet()).get(random.nextInt(inFlight.size()));
        Consignment<String> attempt = inFlight.remove(key);
        Verdict verdict =
            List.of(ACCEPTED, ACCEPTED, REJECTED, THROTTLED, NOT_CONNECTED).get(random.nextInt(5));
        deliveries.ended(attempt, verdict, clock);
        if (!(verdict instanceof Verdict.NotProcessed)) {
          decided
              .computeIfAbsent(key, absent -> new ArrayList<>())
              .add(attempt.first().send().position().offset());
        }
      }
      deliveries.outcomes().takeRejections().forEach(deliveries::reported);
    }
    decided.values().forEach(offsets -> assertThat(offsets).isSorted().doesNotHaveDuplicates());
    assertThat(decided.values().stream().mapToInt(List::size).sum()).isEqualTo(records);
    assertThat(deliveries.lanes()).isZero();
    assertThat(deliveries.oldestUnfinished(P0)).isEmpty();
    assertThat(deliveries.loads().values()).containsOnly(0L);
  }

  @Test
  void aMillionKeysLeaveNothingBehind() {
    Deliveries<String> deliveries = deliveries(100);
    for (int offset = 0; offset < 1_000_000; offset++) {
      deliveries.accept(send(P0, offset, offset), now);
      start(deliveries).forEach(attempt -> deliveries.ended(attempt, ACCEPTED, now));
    }
    assertThat(deliveries.lanes()).isZero();
    assertThat(deliveries.unfinished()).isZero();
    assertThat(deliveries.loads()).containsEntry(P0, 0L);
  }

  @Test
  void withoutKeyThereIsNoOrder() {
    Deliveries<String> deliveries = deliveries(10);
    deliveries.accept(send(P0, 0, null), now);
    deliveries.accept(send(P0, 1, null), now);
    assertThat(offsets(start(deliveries))).containsExactly(0L, 1L);
  }

  @Test
  void whatCameFirstStartsFirstAlsoBehindAnotherOfItsKey() {
    Deliveries<String> deliveries = deliveries(1);
    deliveries.accept(send(P0, 0, "a"), now);
    deliveries.accept(send(P0, 1, "a"), now);
    deliveries.accept(send(P0, 2, "b"), now);
    deliveries.accept(send(P1, 0, "c"), now);
    List<Long> started = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Consignment<String> attempt = start(deliveries).get(0);
      started.add(attempt.first().send().position().offset());
      deliveries.ended(attempt, ACCEPTED, now);
    }
    assertThat(started).containsExactly(0L, 1L, 2L, 0L);
  }

  @Test
  void whatCameFirstStartsFirstAlsoWhenItWasTriedBefore() {
    Deliveries<String> deliveries = deliveries(1);
    deliveries.accept(send(P0, 0, "a"), now);
    deliveries.ended(start(deliveries).get(0), THROTTLED, now);
    now += 100 * MILLI;
    deliveries.accept(send(P0, 1, "b"), now);

    assertThat(offsets(start(deliveries))).containsExactly(0L);
  }

  @Test
  void aSendBeyondTheSpanWaitsAndThenGoes() {
    Deliveries<String> deliveries = deliveries(10);
    deliveries.accept(send(P0, 7, "a"), now);
    deliveries.accept(send(P0, 7 + RecordReference.SPAN, "b"), now);
    deliveries.accept(send(P0, 6 + RecordReference.SPAN, "c"), now);
    deliveries.accept(send(P1, 7 + RecordReference.SPAN, "d"), now);
    List<Consignment<String>> first = start(deliveries);
    assertThat(offsets(first))
        .containsExactly(7L, 6 + RecordReference.SPAN, 7 + RecordReference.SPAN);
    assertThat(first.get(2).first().send().position().partition()).isEqualTo(P1);
    deliveries.ended(first.get(1), ACCEPTED, now);
    assertThat(start(deliveries)).isEmpty();

    deliveries.ended(first.get(0), ACCEPTED, now);

    assertThat(offsets(start(deliveries))).containsExactly(7 + RecordReference.SPAN);
  }

  @Test
  void sendsThatTheApiAlwaysFailsOnDoNotHoldUpTheOthers() {
    Deliveries<String> deliveries = deliveries(10);
    int bad = 2 * HostGate.MOST_FAILURES;
    for (int offset = 0; offset < bad + 10; offset++) {
      deliveries.accept(send(P0, offset, offset), now);
    }
    int good = 0;
    for (int step = 0; step < 2_000; step++) {
      for (Consignment<String> sent : start(deliveries)) {
        boolean fails = sent.first().send().position().offset() < bad;
        good += fails ? 0 : 1;
        deliveries.ended(sent, fails ? UNKNOWN : ACCEPTED, now);
      }
      now += 100 * MILLI;
    }
    assertThat(good).isEqualTo(10);
    assertThat(deliveries.unfinished()).isEqualTo(bad);
    assertThat(deliveries.load(now).mostAttempts()).isGreaterThan(3);
    assertThat(deliveries.load(now).oldestNanos()).isEqualTo(2_000 * 100 * MILLI);
  }

  @Test
  void offsetsAboveAnUnfinishedOneCountAsMemory() {
    Deliveries<String> deliveries = deliveries(10);
    deliveries.accept(send(P0, 0, "a"), now);
    for (int offset = 1; offset <= 10_000; offset++) {
      deliveries.accept(new Unsent<>(new RecordPosition(P0, offset)), now);
    }
    assertThat(deliveries.loads().get(P0)).isGreaterThanOrEqualTo(340_000);

    start(deliveries).forEach(sent -> deliveries.ended(sent, ACCEPTED, now));

    assertThat(deliveries.loads().get(P0)).isZero();
  }

  @Test
  void afterAFatalVerdictNothingStarts() {
    Deliveries<String> deliveries = deliveries(1);
    deliveries.accept(send(P0, 0, "a"), now);
    deliveries.accept(send(P0, 1, "a"), now);
    deliveries.accept(send(P0, 2, "b"), now);
    deliveries.ended(start(deliveries).get(0), DENIED, now);

    assertThat(start(deliveries)).isEmpty();
    assertThat(deliveries.nextStart(now)).isEmpty();
    assertThat(deliveries.oldestUnfinished(P0)).hasValue(0);
    assertThat(deliveries.failure().orElseThrow().sentence())
        .contains("topic orders, partition 0, offset 0", "bk1:n:orders:0:0:0");
  }

  @Test
  void theFirstFailureCounts() {
    Deliveries<String> deliveries = deliveries(2);
    deliveries.accept(send(P0, 0, "a"), now);
    deliveries.accept(send(P0, 1, "b"), now);
    start(deliveries).forEach(attempt -> deliveries.ended(attempt, DENIED, now));
    assertThat(deliveries.failure().orElseThrow().sentence()).contains("offset 0");
  }

  @Test
  void aRejectedRecordIsUnfinishedUntilItsReportIsButItsLaneGoesOn() {
    Deliveries<String> deliveries = deliveries(2);
    deliveries.accept(send(P0, 0, "a"), now);
    deliveries.accept(send(P0, 1, "a"), now);
    deliveries.ended(start(deliveries).get(0), REJECTED, now);
    deliveries.ended(start(deliveries).get(0), ACCEPTED, now);
    List<Rejection<String>> rejections = deliveries.outcomes().takeRejections();
    assertThat(rejections).singleElement().extracting(Rejection::record).isEqualTo("record 0");
    assertThat(deliveries.outcomes().takeRejections()).isEmpty();
    assertThat(deliveries.oldestUnfinished(P0)).hasValue(0);

    deliveries.reported(rejections.get(0));

    assertThat(deliveries.oldestUnfinished(P0)).isEmpty();
  }

  @Test
  void recordsThatAreKnownAreNotTakenTwice() {
    Deliveries<String> deliveries = deliveries(10);
    assertThat(deliveries.accept(send(P0, 5, "a"), now)).isTrue();
    assertThat(deliveries.accept(send(P0, 5, "a"), now)).isFalse();
    deliveries.ended(start(deliveries).get(0), ACCEPTED, now);
    assertThat(deliveries.accept(send(P0, 5, "a"), now)).isFalse();
    assertThat(deliveries.accept(send(P0, 3, "a"), now)).isFalse();
    assertThat(deliveries.accept(new Unsent<>(new RecordPosition(P0, 6)), now)).isTrue();
    assertThat(
            deliveries.accept(
                new Rejection<>(
                    new RecordPosition(P0, 6),
                    send(P0, 6, "a").identity(),
                    "r",
                    "again",
                    1,
                    Reason.of("x")),
                now))
        .isFalse();
    assertThat(deliveries.unfinished()).isZero();
    assertThat(start(deliveries)).isEmpty();
  }

  @Test
  void aPartitionThatIsGivenUpLeavesOthersOfItsLanesAlone() {
    Deliveries<String> deliveries = deliveries(10);
    deliveries.accept(send(P0, 0, "a"), now);
    deliveries.accept(send(P1, 0, "a"), now);
    deliveries.accept(send(P0, 1, "a"), now);
    deliveries.accept(send(P1, 1, "a"), now);
    deliveries.accept(send(P1, 2, "b"), now);
    deliveries.accept(send(P0, 2, "c"), now);
    List<Consignment<String>> started = start(deliveries);
    assertThat(offsets(started)).containsExactly(0L, 2L, 2L);
    deliveries.ended(started.get(2), THROTTLED, now);

    deliveries.retire(Set.of(P0));
    assertThat(deliveries.inFlightOf(Set.of(P0))).isEqualTo(1);
    assertThat(deliveries.abandon(Set.of(P0))).containsExactly(started.get(0));
    assertThat(start(deliveries)).isEmpty();
    deliveries.forget(Set.of(P0));
    deliveries.ended(started.get(0), UNKNOWN, now);

    assertThat(deliveries.failure()).isEmpty();
    assertThat(deliveries.nextStart(now)).isEmpty();
    List<Consignment<String>> next = start(deliveries);
    assertThat(next)
        .extracting(attempt -> attempt.first().send().position().toString())
        .containsExactly("topic orders, partition 1, offset 0");
    deliveries.ended(next.get(0), ACCEPTED, now);
    assertThat(offsets(start(deliveries))).containsExactly(1L);
    assertThat(deliveries.loads()).containsOnlyKeys(P1);
  }

  @Test
  void whatIsToldOfASendThatWasGivenUpNoLongerCounts() {
    for (Verdict late : List.of(DENIED, REJECTED, ACCEPTED, UNKNOWN, THROTTLED)) {
      Deliveries<String> deliveries = deliveries(2);
      deliveries.accept(send(P0, 0, "a"), now);
      Consignment<String> sent = start(deliveries).get(0);
      deliveries.retire(Set.of(P0));
      deliveries.abandon(Set.of(P0));
      deliveries.ended(sent, late, now);

      assertThat(deliveries.failure()).isEmpty();
      assertThat(deliveries.outcomes().takeRejections()).isEmpty();
      assertThat(deliveries.oldestUnfinished(P0)).hasValue(0);
      assertThat(deliveries.lanes()).isZero();
    }
  }

  @Test
  void whatFinishesWhileAPartitionIsGivenUpStillCounts() {
    Deliveries<String> deliveries = deliveries(2);
    for (int offset = 0; offset < 4; offset++) {
      deliveries.accept(send(P0, offset, "k" + offset), now);
    }
    List<Consignment<String>> started = start(deliveries);
    deliveries.retire(Set.of(P0));
    deliveries.ended(started.get(0), ACCEPTED, now);
    deliveries.ended(started.get(1), NOT_CONNECTED, now);

    assertThat(start(deliveries)).isEmpty();
    assertThat(deliveries.oldestUnfinished(P0)).hasValue(1);
    assertThat(deliveries.nextStart(now)).isEmpty();
  }

  @Test
  void lanesBeyondTheSpanOfAPartitionThatIsGivenUpGoOnWithOtherPartitions() {
    Deliveries<String> deliveries = deliveries(10);
    deliveries.accept(send(P0, 0, "a"), now);
    deliveries.accept(send(P0, RecordReference.SPAN, "b"), now);
    deliveries.accept(send(P1, 5, "b"), now);
    assertThat(start(deliveries)).hasSize(1);

    deliveries.retire(Set.of(P0));

    assertThat(offsets(start(deliveries))).containsExactly(5L);
  }
}
