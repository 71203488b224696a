package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.BatchWorld.MILLI;
import static dev.birdconnect.sink.delivery.BatchWorld.offsets;
import static dev.birdconnect.sink.delivery.BatchWorld.world;
import static dev.birdconnect.sink.delivery.Sends.DENIED;
import static dev.birdconnect.sink.delivery.Sends.NOT_CONNECTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
import static dev.birdconnect.sink.delivery.Sends.REJECTED;
import static dev.birdconnect.sink.delivery.Sends.THROTTLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.config.DoubtPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sends that share requests. */
class BatchTest {

  @Test
  void aBatchLeavesWhenItIsFullOrItsFirstSendHasWaited() {
    BatchWorld world = world(3);
    for (long offset = 0; offset < 5; offset++) {
      world.accept("k" + offset, offset);
    }
    world.takenOver();

    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(0L, 1L, 2L));
    assertThat(world.deliveries.nextStart(world.now)).hasValue(world.now + 5 * MILLI);
    world.pass(4);
    assertThat(world.start()).isEmpty();
    world.pass(1);
    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(3L, 4L));
  }

  @Test
  void aBatchIsNotLongerThanARequestMayBe() {
    BatchWorld world = world(100);
    SendRequest large =
        Sends.request(
            """
            {"receiver": {"contacts": [{"id": "c"}]},
             "body": {"type": "text", "text": {"text": "%s"}}}"""
                .formatted("x".repeat(66_000)));
    for (long offset = 0; offset < 5; offset++) {
      world.deliveries.accept(Sends.send(P0, offset, "k" + offset, large), world.now);
    }
    world.takenOver();

    List<Consignment<String>> started = new ArrayList<>(world.start());
    assertThat(started).extracting(BatchWorld::offsets).containsExactly(List.of(0L, 1L, 2L));
    world.pass(5);
    started.addAll(world.start());
    assertThat(started).extracting(BatchWorld::offsets).last().isEqualTo(List.of(3L, 4L));
    assertThat(started)
        .allSatisfy(
            one ->
                assertThatCode(
                        () ->
                            BatchRequest.of(
                                one.attempts().stream()
                                    .map(attempt -> attempt.send().request())
                                    .toList()))
                    .doesNotThrowAnyException());
  }

  @Test
  void ofAKeyOneSendIsUnderWayUntilItsMessageIsListed() {
    BatchWorld world = world(10);
    world.accept("a", 0, 1);
    world.accept("b", 2);
    world.takenOver();
    world.start();
    world.pass(5);
    Consignment<String> batch = world.start().get(0);
    assertThat(offsets(batch)).containsExactly(0L, 2L);
    world.deliveries.taken(batch, world.now);
    world.pass(10);
    assertThat(world.start()).as("taken is not made").isEmpty();
    assertThat(world.deliveries.load(world.now).resultsWaiting()).isEqualTo(2);
    assertThat(world.deliveries.unfinished()).isEqualTo(3);

    world.make(batch);
    world.pass(100);
    world.sweep();

    assertThat(world.deliveries.unfinished()).isEqualTo(1);
    world.start();
    world.pass(5);
    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(1L));
  }

  @Test
  void inArrayOrderABatchTakesSeveralSendsOfAKeyAndTheNextOnesWait() {
    BatchWorld world = new BatchWorld(BatchWorld.rules(3, true), DoubtPolicy.REPORT, 10);
    world.accept("a", 0, 1, 2, 3, 4);
    world.takenOver();
    Consignment<String> batch = world.start().get(0);
    assertThat(offsets(batch)).containsExactly(0L, 1L, 2L);
    world.pass(5);
    assertThat(world.start()).isEmpty();

    world.deliveries.taken(batch, world.now);
    world.make(0, "accepted", 0);
    world.make(1, "accepted", 0);
    world.pass(100);
    world.sweep();
    world.pass(5);
    assertThat(world.start()).as("the third one is not listed").isEmpty();
    world.make(2, "accepted", 0);
    world.pass(500);
    world.answer();
    world.start();
    world.pass(5);

    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(3L, 4L));
  }

  /** In array order, behind a send that goes: the first batch that leaves. */
  private static List<Long> firstBatchBefore(Send<String> follower, boolean alreadySent) {
    BatchWorld world = new BatchWorld(BatchWorld.rules(3, true), DoubtPolicy.REPORT, 10);
    if (alreadySent) {
      world.make(follower.position().offset(), "accepted", 0);
    }
    world.accept("a", 0);
    world.deliveries.accept(follower, world.now);
    world.takenOver();
    List<Consignment<String>> started = new ArrayList<>(world.start());
    world.pass(5);
    started.addAll(world.start());
    return offsets(started.get(0));
  }

  @Test
  void inArrayOrderNothingFollowsThatMayNotLeaveWithItsPredecessor() {
    SendRequest toTwo =
        Sends.request(
            """
            {"receiver": {"contacts": [{"id": "a"}, {"id": "b"}]},
             "body": {"type": "text", "text": {"text": "x"}}}""");
    Preparation never =
        () -> {
          throw new IllegalStateException();
        };
    assertThat(firstBatchBefore(Sends.send(P0, 1, "a"), false)).containsExactly(0L, 1L);
    assertThat(firstBatchBefore(Sends.send(P0, 1, "a"), true)).as("sent").containsExactly(0L);
    assertThat(firstBatchBefore(Sends.send(P0, RecordReference.SPAN, "a"), false))
        .as("beyond the span")
        .containsExactly(0L);
    assertThat(firstBatchBefore(Sends.send(P0, 1, "a", never), false))
        .as("to be prepared")
        .containsExactly(0L);
    assertThat(firstBatchBefore(Sends.send(P0, 1, "a", toTwo), false))
        .as("the platform is not known")
        .containsExactly(0L);
  }

  @Test
  void aRefusedBatchIsHalvedUntilTheOneAtFaultIsAlone() {
    BatchWorld world = world(8);
    List<Consignment<String>> open = new ArrayList<>(List.of(world.batch(8)));
    int requests = 0;
    while (!open.isEmpty()) {
      Consignment<String> next = open.remove(0);
      requests++;
      if (offsets(next).contains(5L)) {
        world.deliveries.ended(next, REJECTED, world.now);
      } else {
        world.make(next);
        if (next.attempts().size() > 1) {
          world.deliveries.taken(next, world.now);
        } else {
          world.deliveries.ended(next, Sends.ACCEPTED, world.now);
        }
      }
      open.addAll(world.start());
    }
    world.pass(100);
    world.sweep();

    assertThat(requests).isEqualTo(7);
    assertThat(world.deliveries.outcomes().takeRejections())
        .extracting(one -> one.position().offset())
        .containsExactly(5L);
    assertThat(world.deliveries.unfinished()).as("the report is to be written").isEqualTo(1);
    assertThat(world.timesMade().values()).hasSize(7).containsOnly(1);
  }

  @Test
  void aRefusedBatchOfOneKeyKeepsItsOrder() {
    BatchWorld world = new BatchWorld(BatchWorld.rules(4, true), DoubtPolicy.REPORT, 10);
    world.accept("a", 0, 1, 2, 3);
    world.takenOver();
    world.deliveries.ended(world.start().get(0), REJECTED, world.now);

    List<Consignment<String>> next = world.start();
    assertThat(next).extracting(BatchWorld::offsets).containsExactly(List.of(0L));
    world.deliveries.ended(next.get(0), Sends.ACCEPTED, world.now);
    world.start();
    world.pass(5);
    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(1L, 2L, 3L));
  }

  @Test
  void ofARefusedBatchThePartitionThatWasGivenUpLeavesNoMore() {
    BatchWorld world = world(4);
    world.accept("a", 0);
    world.deliveries.accept(Sends.send(P1, 0, "b"), world.now);
    world.takenOver();
    world.start();
    world.pass(5);
    Consignment<String> both = world.start().get(0);
    assertThat(both.attempts()).hasSize(2);
    world.deliveries.retire(Set.of(P0));
    world.deliveries.ended(both, REJECTED, world.now);

    assertThat(world.start())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.attempts())
                    .extracting(attempt -> attempt.send().position().partition())
                    .containsExactly(P1));
  }

  @Test
  void aBatchThatWasNotProcessedLeavesTogetherAgain() {
    BatchWorld world = world(10);
    Consignment<String> batch = world.batch(3);
    world.deliveries.ended(batch, THROTTLED, world.now);
    assertThat(world.start()).isEmpty();
    world.pass(100);
    world.start();
    world.pass(5);
    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(0L, 1L, 2L));
  }

  @Test
  void oneBatchTriesWhetherTheHostIsBack() {
    BatchWorld world = world(2);
    for (long offset = 0; offset < 6; offset++) {
      world.accept("k" + offset, offset);
    }
    world.takenOver();
    List<Consignment<String>> all = world.start();
    assertThat(all).hasSize(3);
    all.forEach(one -> world.deliveries.ended(one, NOT_CONNECTED, world.now));
    assertThat(world.start()).isEmpty();

    world.pass(100);
    List<Consignment<String>> probe = world.start();
    assertThat(probe).hasSize(1);
    world.deliveries.taken(probe.get(0), world.now);

    assertThat(world.start()).hasSize(2);
  }

  @Test
  void aDeniedBatchStopsTheTask() {
    BatchWorld world = world(10);
    world.deliveries.ended(world.batch(3), DENIED, world.now);
    assertThat(world.deliveries.failure()).isPresent();
    assertThat(world.start()).isEmpty();
  }

  @Test
  void aPartitionThatIsGivenUpLeavesNothingBehind() {
    BatchWorld world = world(2);
    for (long offset = 0; offset < 5; offset++) {
      world.accept("k" + offset, offset, 10 + offset);
    }
    world.takenOver();
    List<Consignment<String>> started = world.start();
    assertThat(started).hasSize(2);
    world.deliveries.taken(started.get(0), world.now);

    world.deliveries.retire(Set.of(P0));
    assertThat(world.deliveries.inFlightOf(Set.of(P0))).isEqualTo(4);
    world.make(started.get(0));
    world.pass(100);
    world.sweep();
    assertThat(world.deliveries.inFlightOf(Set.of(P0))).as("results still count").isEqualTo(2);
    assertThat(world.deliveries.abandon(Set.of(P0))).containsExactly(started.get(1));
    world.deliveries.forget(Set.of(P0));
    world.deliveries.taken(started.get(1), world.now);
    world.pass(10);

    assertThat(world.start()).isEmpty();
    assertThat(world.deliveries.lanes()).isZero();
    assertThat(world.deliveries.load(world.now).resultsWaiting()).isZero();
    assertThat(world.sweep()).isZero();
    assertThat(world.deliveries.inFlight()).isZero();
  }

  @Test
  void batchesCountAsRequestsInFlight() {
    BatchWorld world = new BatchWorld(BatchWorld.rules(2, false), DoubtPolicy.REPORT, 2);
    for (long offset = 0; offset < 9; offset++) {
      world.accept("k" + offset, offset);
    }
    world.takenOver();
    List<Consignment<String>> started = world.start();
    assertThat(started).extracting(BatchWorld::offsets).hasSize(2);
    world.pass(50);
    assertThat(world.start()).isEmpty();
    world.deliveries.taken(started.get(0), world.now);
    assertThat(world.start()).hasSize(1);
  }

  @Test
  void aSendThatNothingJoinsLeavesByItselfAndItsAnswerIsExact() {
    BatchWorld world = world(10);
    Consignment<String> alone = world.batch(1);
    assertThat(alone.attempts()).hasSize(1);

    world.deliveries.ended(alone, Sends.ACCEPTED, world.now);

    assertThat(world.deliveries.unfinished()).isZero();
    assertThat(world.deliveries.sweep(world.now)).as("nothing is read for it").isEmpty();
  }

  @Test
  void aSendThatHasToBePreparedLeavesByItselfAtOnce() {
    BatchWorld world = world(10);
    Preparation work =
        () -> {
          throw new UnsupportedOperationException();
        };
    world.deliveries.accept(Sends.send(P0, 0, "media", work), world.now);
    world.accept("a", 1);
    world.accept("b", 2);
    world.takenOver();

    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(0L));
    world.pass(5);
    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(1L, 2L));
  }

  @Test
  void whatConcernsTheChannelRejectsAllOfABatchAtOnce() {
    for (int status : List.of(403, 404)) {
      BatchWorld world = world(10);
      world.deliveries.ended(world.batch(3), Sends.rejected(status), world.now);

      assertThat(world.deliveries.outcomes().takeRejections()).hasSize(3);
      world.pass(10);
      assertThat(world.start()).isEmpty();
    }
  }
}
