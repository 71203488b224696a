package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.NOT_CONNECTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.THROTTLED;
import static dev.birdconnect.sink.delivery.Sends.UNKNOWN;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.BatchVerdict;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeliveryEngineTest {

  private final FakeApi api = new FakeApi();
  private final FakeTimer timer = new FakeTimer();
  private final DeliveryEngine<String> engine = engine(BatchRules.SINGLE);

  private DeliveryEngine<String> engine(BatchRules batches) {
    return new DeliveryEngine<>(
        api,
        api,
        timer,
        10,
        2,
        batches,
        new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
        Sends.DOUBT_RULES,
        false,
        DeliveryObserver.none());
  }

  @BeforeEach
  void open() {
    engine.open(List.of(P0));
  }

  @Test
  void theNextSendOfALaneStartsFromTheVerdictOnTheOneBefore() {
    engine.accept(List.of(send(P0, 0, "a"), send(P0, 1, "a")));
    assertThat(api.calls).hasSize(1);

    api.calls.get(0).outcome.complete(ACCEPTED);

    assertThat(api.calls).hasSize(2);
    assertThat(timer.planned).isEmpty();
  }

  @Test
  void aRetryStartsFromTheTimer() {
    engine.accept(List.of(send(P0, 0, "a"), send(P0, 1, "b")));
    api.calls.get(0).outcome.complete(THROTTLED);
    api.calls.get(1).outcome.complete(THROTTLED);
    assertThat(timer.planned).as("one wake-up for both").hasSize(1);

    timer.advance(Duration.ofMillis(100));

    assertThat(api.calls).hasSize(4);
  }

  @Test
  void callsThatEndAtOnceDoNotNest() {
    api.endsAtOnce = true;
    List<Intake<String>> records = new ArrayList<>();
    for (int offset = 0; offset < 50_000; offset++) {
      records.add(send(P0, offset, "a"));
    }
    engine.accept(records);
    assertThat(engine.failure()).isEmpty();
    assertThat(engine.unfinished()).isEqualTo(50_000 - api.calls.size());
    while (engine.unfinished() > 0) {
      engine.seen();
    }
    assertThat(api.calls).hasSize(50_000);
  }

  @Test
  void aCallThatCannotBeMadeIsAFailure() {
    api.broken = true;
    engine.accept(List.of(send(P0, 0, "a")));
    assertThat(engine.failure().orElseThrow().cause())
        .hasValueSatisfying(cause -> assertThat(cause).hasMessage("broken"));
    assertThat(engine.oldestUnfinished(P0)).hasValue(0);
  }

  @Test
  void whatIsInFlightWhenPartitionsAreGivenUpIsCancelledAndNoFailure() {
    engine.accept(List.of(send(P0, 0, "a"), send(P0, 1, "a")));

    engine.release(Set.of(P0), Duration.ofMillis(20));
    engine.forget(Set.of(P0));

    assertThat(api.calls).hasSize(1);
    assertThat(api.calls.get(0).cancelled).isTrue();
    assertThat(engine.failure()).isEmpty();
    assertThat(engine.unfinished()).isZero();
  }

  @Test
  void aSendThatIsAboutToLeaveAsksForTheLeaseAgain() {
    engine.accept(List.of(send(P0, 0, "a")));
    BooleanSupplier mayLeave = api.calls.get(0).mayLeave;
    assertThat(mayLeave.getAsBoolean()).isTrue();

    timer.advance(Duration.ofSeconds(11));

    assertThat(mayLeave.getAsBoolean()).isFalse();
  }

  @Test
  void whatTheLeaseHeldBackIsNoFailureOfTheHostAndLeavesWithTheLease() {
    engine.accept(List.of(send(P0, 0, "a"), send(P0, 1, "b"), send(P0, 2, "c")));
    timer.advance(Duration.ofSeconds(11));
    for (FakeApi.FakeCall call : List.copyOf(api.calls)) {
      assertThat(call.mayLeave.getAsBoolean()).isFalse();
      call.outcome.complete(NOT_CONNECTED);
    }
    engine.seen();
    timer.advance(Duration.ofSeconds(9));
    engine.seen();
    assertThat(api.calls).as("the lease has been lost for longer").hasSize(3);

    timer.advance(Duration.ofSeconds(1));

    assertThat(api.calls).as("all at once").hasSize(6);
  }

  @Test
  void whatIsHeldBackShortlyBeforeTheLeaseIsBackDoesNotWaitLonger() {
    engine.accept(List.of(send(P0, 0, "a")));
    timer.advance(Duration.ofSeconds(11));
    assertThat(api.calls.get(0).mayLeave.getAsBoolean()).isFalse();
    engine.seen();
    timer.advance(Duration.ofMillis(9_950));
    engine.seen();
    api.calls.get(0).outcome.complete(NOT_CONNECTED);
    assertThat(api.calls).hasSize(1);

    timer.advance(Duration.ofMillis(50));

    assertThat(api.calls).hasSize(2);
  }

  @Test
  void anErrorOfOurOwnAtTheEndOfACallIsAFailure() {
    SendRequest scheduled =
        Sends.request(
            """
            {"receiver": {"contacts": [{"id": "a"}]}, "scheduledFor": "2031-03-01T12:00:00Z",
             "body": {"type": "text", "text": {"text": "x"}}}""");
    engine.accept(List.of(send(P0, 0, "a"), send(P0, 1, "a", scheduled)));
    api.clockBroken = true;

    api.calls.get(0).outcome.complete(ACCEPTED);

    assertThat(engine.failure().orElseThrow().cause())
        .hasValueSatisfying(cause -> assertThat(cause).hasMessage("no clock"));
  }

  @Test
  void batchesThatTheLeaseHeldBackLeaveWithTheLeaseToo() {
    DeliveryEngine<String> batching =
        engine(new BatchRules(2, Duration.ofMillis(5), false, Duration.ZERO, 10));
    batching.open(List.of(P0));
    batching.accept(
        List.of(send(P0, 0, "a"), send(P0, 1, "b"), send(P0, 2, "c"), send(P0, 3, "d")));
    assertThat(api.batches).hasSize(2);
    assertThat(api.batches).allMatch(batch -> batch.mayLeave().getAsBoolean());
    timer.advance(Duration.ofSeconds(11));
    for (FakeApi.FakeBatch batch : List.copyOf(api.batches)) {
      assertThat(batch.mayLeave().getAsBoolean()).isFalse();
      batch.outcome().complete(new BatchVerdict.NotAccepted(NOT_CONNECTED));
    }
    batching.seen();
    timer.advance(Duration.ofSeconds(9));
    batching.seen();
    assertThat(api.batches).hasSize(2);

    timer.advance(Duration.ofSeconds(1));

    assertThat(api.batches).as("both at once").hasSize(4);
  }

  @Test
  void aPageThatHangsHoldsUpTheSendsInDoubtAndNoOthers() {
    engine.accept(List.of(send(P0, 0, "a")));
    api.pagesWait = true;
    api.calls.get(0).outcome.complete(UNKNOWN);
    CompletableFuture<ReadOutcome<MessagePage>> hanging = api.pages.get(api.pages.size() - 1);

    engine.accept(List.of(send(P0, 1, "a"), send(P0, 2, "b")));
    timer.advance(Duration.ofSeconds(9));
    assertThat(api.requests)
        .extracting(request -> request.reference().orElseThrow())
        .containsExactly("r0", "r2");

    hanging.complete(new ReadOutcome.Unavailable<>(Reason.of("time-out"), Optional.empty()));
    api.pagesWait = false;
    timer.advance(Duration.ofMillis(100));
    assertThat(api.requests)
        .extracting(request -> request.reference().orElseThrow())
        .containsExactly("r0", "r2", "r0");
  }

  @Test
  @Timeout(30)
  void whatEndsWhilePartitionsAreGivenUpIsWaitedForAndCounts() {
    engine.accept(List.of(send(P0, 0, "a")));
    FakeApi.FakeCall call = api.calls.get(0);
    Thread waiting = Thread.currentThread();
    Thread ending =
        new Thread(
            () -> {
              while (waiting.getState() != Thread.State.TIMED_WAITING && !call.outcome.isDone()) {
                Thread.onSpinWait();
              }
              call.outcome.complete(ACCEPTED);
            });
    ending.start();

    engine.release(Set.of(P0), Duration.ofMinutes(1));

    assertThat(engine.oldestUnfinished(P0)).isEmpty();
    assertThat(call.cancelled).isFalse();
  }

  @Test
  void closingBreaksOffWhatIsRead() {
    SendRequest toTwo =
        Sends.request(
            """
            {"receiver": {"contacts": [{"id": "a"}, {"id": "b"}]},
             "body": {"type": "text", "text": {"text": "x"}}}""");
    api.channelAnswers.add(new ReadOutcome.Unavailable<>(Reason.of("time-out"), Optional.empty()));
    engine.accept(List.of(send(P0, 0, "a"), send(P0, 1, "b", toTwo)));
    api.pagesWait = true;
    api.calls.get(0).outcome.complete(UNKNOWN);
    int pages = api.pages.size();
    assertThat(api.channelReads).isEqualTo(1);

    engine.close();
    api.pages
        .get(pages - 1)
        .complete(new ReadOutcome.Unavailable<>(Reason.of("time-out"), Optional.empty()));
    timer.advance(Duration.ofMinutes(1));

    assertThat(api.pages).hasSize(pages);
    assertThat(api.channelReads).isEqualTo(1);
  }

  @Test
  void closingEndsEverything() {
    engine.accept(List.of(send(P0, 0, "a"), send(P0, 1, "a")));
    engine.close();
    api.calls.get(0).outcome.complete(ACCEPTED);
    assertThat(api.calls).hasSize(1);
    assertThat(api.closed).isTrue();
    assertThat(timer.closed).isTrue();
  }
}
