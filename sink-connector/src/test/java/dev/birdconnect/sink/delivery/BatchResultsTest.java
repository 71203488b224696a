package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.BatchWorld.offsets;
import static dev.birdconnect.sink.delivery.BatchWorld.world;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.reconcile.ListDirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the list shows of sends that left in batches, and what follows. */
class BatchResultsTest {

  @Test
  void whatIsListedWithAnotherReferenceSettlesNothing() {
    BatchWorld world = world(10);
    world.taken(2);
    world.make(7, "accepted", 0);
    world.make(8, "rejected", 0);
    world.pass(100);
    world.sweep();

    assertThat(world.deliveries.unfinished()).isEqualTo(2);
    assertThat(world.deliveries.outcomes().takeRejections()).isEmpty();
  }

  @Test
  void aMessageThatIsRejectedAfterwardsRejectsItsRecordWithTheReasonMasked() {
    BatchWorld world = world(10);
    world.taken(2);
    world.make(0, "accepted", 0);
    world.make(1, "rejected", 0);
    world.pass(100);
    world.sweep();

    assertThat(world.deliveries.outcomes().takeRejections())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.position().offset()).isEqualTo(1);
              assertThat(one.ground()).isEqualTo(Rejection.Ground.LIST);
              assertThat(one.reason().sentence()).contains("11002").doesNotContain("31612345678");
            });
  }

  @Test
  void aLostAnswerIsLookedUpAndNothingGoesAgainBeforeTheApiHadItsTime() {
    BatchWorld world = world(10);
    Consignment<String> batch = world.batch(2);
    world.deliveries.ended(batch, UNKNOWN, world.now);
    world.make(0, "accepted", 0);
    world.pass(100);
    world.answer();
    assertThat(world.deliveries.unfinished()).as("one is listed").isEqualTo(1);
    for (int i = 0; i < 19; i++) {
      world.pass(100);
      world.answer();
      assertThat(world.start()).as("after %d ms", (i + 2) * 100).isEmpty();
    }

    world.pass(101);
    world.answer();
    world.start();
    world.pass(5);

    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(1L));
  }

  @Test
  void whatWasTakenAndNeverShowsUpIsInDoubtAndNotSentAgain() {
    BatchWorld world = world(10);
    world.taken(2);
    world.make(0, "accepted", 0);
    int looks = 0;
    for (int i = 0; i < 30; i++) {
      world.pass(100);
      world.sweep();
      looks += world.deliveries.load(world.now).resultsWaiting();
      world.answer();
      assertThat(world.start()).isEmpty();
    }

    assertThat(looks).isPositive();
    assertThat(world.deliveries.outcomes().takeRejections())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.position().offset()).isEqualTo(1);
              assertThat(one.ground()).isEqualTo(Rejection.Ground.DOUBT);
              assertThat(one.reason().sentence()).contains("batch.result.timeout.ms");
            });
  }

  @Test
  void aMessageThatIsMadeLateIsFoundByALaterLook() {
    BatchWorld world = world(10);
    Consignment<String> batch = world.taken(2);
    world.sweep();
    world.pass(1500);
    world.make(batch);
    world.answer();
    world.pass(1000);
    world.answer();

    assertThat(world.deliveries.unfinished()).isZero();
    assertThat(world.deliveries.outcomes().takeRejections()).isEmpty();
  }

  @Test
  void aMessageThatTheListShowsBeforeTheAnswerIsFinishedWithIt() {
    BatchWorld world = world(2);
    for (long offset = 0; offset < 4; offset++) {
      world.accept("k" + offset, offset);
    }
    world.takenOver();
    List<Consignment<String>> both = world.start();
    both.forEach(world::make);
    world.deliveries.taken(both.get(0), world.now);
    world.pass(100);
    world.sweep();
    assertThat(world.deliveries.unfinished()).isEqualTo(2);

    world.deliveries.ended(both.get(1), UNKNOWN, world.now);

    assertThat(world.deliveries.unfinished()).isZero();
  }

  @Test
  void sweepsReadOnlyWhatIsNew() {
    BatchWorld world = world(100);
    world.pageSize = 10;
    for (int i = 0; i < 500; i++) {
      world.make(100_000 + i, "accepted", 0);
    }
    world.pass(10_000);
    for (long offset = 0; offset < 40; offset++) {
      world.accept("k" + offset, offset);
    }
    world.takenOver();
    world.start();
    world.pass(5);
    Consignment<String> batch = world.start().get(0);
    world.make(batch);
    world.deliveries.taken(batch, world.now);
    world.pass(100);
    world.pagesRead = 0;
    world.sweep();

    assertThat(world.deliveries.unfinished()).isZero();
    assertThat(world.pagesRead).isEqualTo(4);
  }

  @Test
  void aSweepMayBeginWhileOneIsUnderWayAndReadsToItsHead() {
    BatchWorld world = world(100);
    world.pageSize = 10;
    List<Sweep<String>> sweeps = new ArrayList<>();
    ChannelResults<String> results = new ChannelResults<>(BatchWorld.CHANNEL, new SweepPace(50));
    Consignment<String> first = world.batch(30);
    first.attempts().forEach(attempt -> results.departed(attempt, world.now));
    first.attempts().forEach(attempt -> results.taken(attempt, world.now));
    for (long offset : offsets(first)) {
      world.make(offset, "accepted", 0);
      world.pass(1);
    }
    sweeps.add(results.sweep(100, (address, seen, now) -> {}, world.now));
    sweeps.get(0).direction(ListDirection.DEFAULT);
    var second = world.readPage(sweeps.get(0), sweeps.get(0).begin().orElseThrow());
    assertThat(second).as("it goes on").isPresent();
    world.pass(20);
    LongStream.range(200, 205).forEach(offset -> world.make(offset, "accepted", 0));

    sweeps.add(results.sweep(100, (address, seen, now) -> {}, world.now));
    sweeps.get(1).direction(ListDirection.DEFAULT);
    world.pagesRead = 0;
    world.read(sweeps.get(1));

    assertThat(sweeps.get(1).reached()).isTrue();
    assertThat(sweeps.get(1).news()).isEqualTo(5);
    assertThat(world.pagesRead).isEqualTo(1);
  }

  @Test
  void nothingIsSentBeforeTheBatchesOfAnEarlierOwnerAreMade() {
    BatchWorld world = world(10);
    world.accept("a", 0);
    world.accept("b", 1);
    world.pass(2499);
    world.answer();
    assertThat(world.start()).isEmpty();
    world.make(0, "accepted", 0);

    world.pass(1);
    world.answer();
    world.start();
    world.pass(5);

    assertThat(world.start()).extracting(BatchWorld::offsets).containsExactly(List.of(1L));
    assertThat(world.deliveries.unfinished()).isEqualTo(1);
  }

  @Test
  void aRejectedMessageOfAnEarlierOwnerRejectsItsRecord() {
    BatchWorld world = world(10);
    world.make(0, "rejected", 0);
    world.make(1, "accepted", 0);
    world.accept("a", 0);
    world.accept("b", 1);
    world.takenOver();
    assertThat(world.start()).isEmpty();

    assertThat(world.deliveries.outcomes().takeRejections())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.position().offset()).isZero();
              assertThat(one.ground()).isEqualTo(Rejection.Ground.LIST);
            });
    assertThat(world.deliveries.unfinished()).as("the report is to be written").isEqualTo(1);
  }

  @Test
  void aMessageThatIsRejectedOnlyAfterItWasSeenRejectsNothing() {
    BatchWorld world = world(10);
    Consignment<String> batch = world.batch(2);
    world.make(batch);
    world.deliveries.taken(batch, world.now);
    world.pass(100);
    world.sweep();
    assertThat(world.deliveries.unfinished()).isZero();
    world.make(0, "rejected", 0);
    world.pass(1000);
    world.sweep();
    world.answer();

    assertThat(world.deliveries.outcomes().takeRejections()).isEmpty();
  }

  @Test
  void whatASweepHasNotSeenIsLookedUpAtIntervalsThatDouble() {
    BatchWorld world = world(10);
    world.taken(2);
    world.pass(100);
    assertThat(world.sweep()).isEqualTo(1);
    List<Integer> looks = new ArrayList<>();
    for (int millis = 50; millis <= 3000; millis += 50) {
      world.pass(50);
      world.pagesRead = 0;
      world.answer();
      if (world.pagesRead > 0) {
        looks.add(millis);
      }
    }

    assertThat(looks)
        .as("the last one at 2.1 s after the answer")
        .containsExactly(250, 750, 1750, 2000);
  }

  @Test
  void aResultThatASweepMissesAfterItsPartitionWasGivenUpIsNoDoubt() {
    BatchWorld world = world(2);
    world.taken(2);
    world.pass(100);
    Sweep<String> sweep = world.deliveries.sweep(world.now).get(0);
    world.deliveries.retire(Set.of(P0));
    world.read(sweep);
    world.deliveries.swept(sweep, world.now);

    assertThat(world.deliveries.load(world.now).resultsWaiting()).isZero();
    assertThat(world.deliveries.lanes()).isZero();
    assertThat(world.deliveries.inFlightOf(Set.of(P0))).isZero();
  }

  @Test
  void aResultThatIsSeenAfterItsPartitionWasLostIsNobodys() {
    BatchWorld world = world(2);
    Consignment<String> batch = world.taken(2);
    world.deliveries.retire(Set.of(P0));
    world.deliveries.abandon(Set.of(P0));

    assertThat(world.deliveries.inFlightOf(Set.of(P0))).isZero();
    assertThat(world.deliveries.lanes()).isZero();
    assertThat(world.deliveries.load(world.now).resultsWaiting()).isZero();
    world.make(batch);
    world.pass(100);
    assertThat(world.sweep()).as("nobody waits").isZero();
    assertThat(world.deliveries.oldestUnfinished(P0)).hasValue(0);
  }

  @Test
  void whatALostBatchInTheOrderOfTheArrayHasLeftOutComesBehindAndIsNotLost() {
    BatchWorld world = new BatchWorld(BatchWorld.rules(3, true), DoubtPolicy.REPORT, 10);
    world.accept("a", 0, 1, 2);
    world.takenOver();
    Consignment<String> batch = world.start().get(0);
    world.make(1, "accepted", 0);
    world.deliveries.ended(batch, UNKNOWN, world.now);
    List<Consignment<String>> again = new ArrayList<>();
    for (int i = 0; i < 30 && again.isEmpty(); i++) {
      world.pass(100);
      world.answer();
      again.addAll(world.start());
    }

    assertThat(again).extracting(BatchWorld::offsets).containsExactly(List.of(0L, 2L));
  }
}
