package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.DENIED;
import static dev.birdconnect.sink.delivery.Sends.NOT_CONNECTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.REJECTED;
import static dev.birdconnect.sink.delivery.Sends.THROTTLED;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreparationTest {

  private static final int MOST_PREPARING = 2;

  private final FakeApi api = new FakeApi();
  private final FakeTimer timer = new FakeTimer();
  private final DeliveryEngine<String> engine =
      new DeliveryEngine<>(
          api,
          api,
          timer,
          10,
          MOST_PREPARING,
          BatchRules.SINGLE,
          new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
          Sends.DOUBT_RULES,
          false,
          DeliveryObserver.none());

  /** A preparation that the test ends. */
  private static final class Work implements Preparation, ApiCall<Prepared> {
    private final List<CompletableFuture<Prepared>> begun = new ArrayList<>();
    private int cancelled;

    @Override
    public ApiCall<Prepared> begin() {
      begun.add(new CompletableFuture<>());
      return this;
    }

    @Override
    public CompletionStage<Prepared> outcome() {
      return last();
    }

    private CompletableFuture<Prepared> last() {
      return begun.get(begun.size() - 1);
    }

    @Override
    public void cancel() {
      cancelled++;
    }

    void end(Prepared prepared) {
      last().complete(prepared);
    }
  }

  private static final SendRequest FILLED =
      send(P0, 0, "a").request().withReference("with its media");

  private static Prepared ready() {
    return new Prepared.Ready(FILLED, UnaryOperator.identity());
  }

  private static Prepared notReady(Verdict verdict, Prepared.Place place) {
    return new Prepared.NotReady(verdict, place);
  }

  @BeforeEach
  void open() {
    engine.open(List.of(P0));
  }

  @Test
  void theRequestThatLeavesIsThePreparedOneAndItsLaneWaitsForIt() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work), send(P0, 1, "a"), send(P0, 2, "b")));
    assertThat(api.requests)
        .as("only the other lane goes on")
        .extracting(request -> request.reference().orElseThrow())
        .containsExactly("r2");

    work.end(ready());
    assertThat(api.requests).contains(FILLED);
    api.calls.get(1).outcome.complete(ACCEPTED);

    assertThat(api.requests)
        .extracting(request -> request.reference().orElseThrow())
        .containsExactly("r2", "with its media", "r1");
  }

  @Test
  void preparationsAreBoundedAndWhatNeedsNoneGoesPast() {
    List<Work> works = List.of(new Work(), new Work(), new Work());
    List<Intake<String>> sends = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      sends.add(send(P0, i, "media-" + i, works.get(i)));
    }
    sends.add(send(P0, 3, "text"));
    engine.accept(sends);

    assertThat(works).extracting(work -> work.begun.size()).containsExactly(1, 1, 0);
    assertThat(api.calls).hasSize(1);
    assertThat(engine.load().preparing()).isEqualTo(MOST_PREPARING);
    assertThat(engine.load().ready()).isEqualTo(1);

    works.get(1).end(ready());

    assertThat(works).extracting(work -> work.begun.size()).containsExactly(1, 1, 1);
    assertThat(api.calls).hasSize(2);
  }

  @Test
  void aPreparationThatFailsIsMadeAgainAfterABackOff() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work)));
    work.end(notReady(THROTTLED, Prepared.Place.API));
    assertThat(work.begun).hasSize(1);
    assertThat(engine.load().preparing()).isZero();

    timer.advance(Duration.ofMillis(100));

    assertThat(work.begun).hasSize(2);
    assertThat(api.calls).isEmpty();
    assertThat(engine.unfinished()).isEqualTo(1);
  }

  @Test
  void whatStandsElsewhereDoesNotHoldUpOtherSends() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work)));
    work.end(notReady(NOT_CONNECTED, Prepared.Place.ELSEWHERE));
    engine.accept(List.of(send(P0, 1, "b")));
    assertThat(api.calls).hasSize(1);
  }

  @Test
  void anApiThatCannotBeReachedByAPreparationHoldsUpOtherSends() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work)));
    work.end(notReady(NOT_CONNECTED, Prepared.Place.API));
    engine.accept(List.of(send(P0, 1, "b")));
    assertThat(api.calls).isEmpty();
  }

  @Test
  void aProbeThatSaysNothingAboutTheApiLetsTheNextOneTry() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work)));
    work.end(notReady(NOT_CONNECTED, Prepared.Place.API));
    timer.advance(Duration.ofMillis(100));
    assertThat(work.begun).as("the probe").hasSize(2);
    engine.accept(List.of(send(P0, 1, "b")));

    work.end(notReady(NOT_CONNECTED, Prepared.Place.ELSEWHERE));

    assertThat(api.calls).hasSize(1);
  }

  @Test
  void whatCanNeverBePreparedIsRejected() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work), send(P0, 1, "a")));
    work.end(notReady(REJECTED, Prepared.Place.ELSEWHERE));

    List<Rejection<String>> rejections = engine.takeRejections();
    assertThat(rejections).hasSize(1);
    assertThat(rejections.get(0).ground()).isEqualTo(Rejection.Ground.CHECK);
    assertThat(api.calls).as("the next one of the lane").hasSize(1);
  }

  @Test
  void aDeniedPreparationStopsEverything() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work)));
    work.end(notReady(DENIED, Prepared.Place.API));
    assertThat(engine.failure()).isPresent();
  }

  @Test
  void aVerdictIsReadAsThePreparationSays() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work)));
    work.end(
        new Prepared.Ready(
            FILLED, verdict -> verdict instanceof Verdict.Rejected ? THROTTLED : verdict));
    api.calls.get(0).outcome.complete(REJECTED);
    assertThat(engine.takeRejections()).isEmpty();

    timer.advance(Duration.ofMillis(100));

    assertThat(work.begun).hasSize(2);
  }

  @Test
  void nothingLeavesForAPartitionThatWasGivenUpMeanwhile() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work)));

    engine.release(Set.of(P0), Duration.ofMillis(20));
    assertThat(work.cancelled).isEqualTo(1);
    work.end(ready());
    engine.forget(Set.of(P0));

    assertThat(api.calls).isEmpty();
    assertThat(engine.load().preparing()).isZero();
    assertThat(engine.load().inFlight()).isZero();
    assertThat(engine.failure()).isEmpty();
  }

  @Test
  void nothingLeavesOnceTheTaskHasToStop() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work)));
    engine.fail(new Failure("stop", java.util.Optional.empty()));
    work.end(ready());
    assertThat(api.calls).isEmpty();
  }

  @Test
  void nothingLeavesOnceTheEngineIsClosed() {
    Work work = new Work();
    engine.accept(List.of(send(P0, 0, "a", work)));
    engine.close();
    work.end(ready());
    assertThat(api.calls).isEmpty();
  }

  @Test
  void aPreparationThatBreaksIsAFailure() {
    engine.accept(
        List.of(
            send(
                P0,
                0,
                "a",
                () -> {
                  throw new IllegalStateException("broken");
                })));
    assertThat(engine.failure().orElseThrow().cause())
        .hasValueSatisfying(cause -> assertThat(cause).hasMessage("broken"));
  }

  @Test
  void preparationsThatAreOverAtOnceDoNotPileUpOnTheStack() {
    int many = 20_000;
    DeliveryEngine<String> wide =
        new DeliveryEngine<>(
            api,
            api,
            timer,
            many,
            1,
            BatchRules.SINGLE,
            new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
            Sends.DOUBT_RULES,
            false,
            DeliveryObserver.none());
    wide.open(List.of(P0));
    List<Intake<String>> sends = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      sends.add(send(P0, i, i, PreparationTest::atOnce));
    }
    wide.accept(sends);

    assertThat(wide.failure()).isEmpty();
    assertThat(api.calls).as("as many as the span allows").hasSize(10_000);
  }

  private static ApiCall<Prepared> atOnce() {
    Work work = new Work();
    work.begin();
    work.end(ready());
    return work;
  }
}
