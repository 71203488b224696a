package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.THROTTLED;
import static dev.birdconnect.sink.delivery.Sends.UNKNOWN;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryEngineTest {

  private final FakeApi api = new FakeApi();
  private final FakeTimer timer = new FakeTimer();
  private final DeliveryEngine<String> engine =
      new DeliveryEngine<>(
          api,
          timer,
          10,
          new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
          Sends.DOUBT_RULES,
          false,
          DeliveryObserver.none());

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
  void closingEndsEverything() {
    engine.accept(List.of(send(P0, 0, "a"), send(P0, 1, "a")));
    engine.close();
    api.calls.get(0).outcome.complete(ACCEPTED);
    assertThat(api.calls).hasSize(1);
    assertThat(api.closed).isTrue();
    assertThat(timer.closed).isTrue();
  }

  private static final class FakeTimer implements Timer {
    private record Planned(long at, Runnable action) {}

    private final List<Planned> planned = new ArrayList<>();
    private long now;
    private boolean closed;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void after(Duration delay, Runnable action) {
      planned.add(new Planned(now + delay.toNanos(), action));
    }

    void advance(Duration time) {
      now += time.toNanos();
      List<Planned> due = planned.stream().filter(action -> action.at() <= now).toList();
      planned.removeAll(due);
      due.forEach(action -> action.action().run());
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final class FakeCall implements ApiCall<Verdict> {
    private final CompletableFuture<Verdict> outcome = new CompletableFuture<>();
    private boolean cancelled;

    @Override
    public CompletionStage<Verdict> outcome() {
      return outcome;
    }

    @Override
    public void cancel() {
      cancelled = true;
      outcome.complete(UNKNOWN);
    }
  }

  private record EndedCall<T>(T value) implements ApiCall<T> {
    @Override
    public CompletionStage<T> outcome() {
      return CompletableFuture.completedStage(value);
    }

    @Override
    public void cancel() {}
  }

  private static final class FakeApi implements ChannelsApi {
    private final List<FakeCall> calls = new ArrayList<>();
    private boolean broken;
    private boolean closed;

    @Override
    public ApiCall<Verdict> send(
        ChannelAddress address,
        AddressOrigin origin,
        SendRequest request,
        BooleanSupplier mayLeave) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      FakeCall call = new FakeCall();
      calls.add(call);
      return call;
    }

    @Override
    public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
      return new EndedCall<>(
          new ReadOutcome.Found<>(new MessagePage(List.of(), Optional.empty()), Optional.empty()));
    }

    @Override
    public ApiCall<ReadOutcome<Message>> message(ChannelAddress address, String messageId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ApiCall<ReadOutcome<ChannelPage>> channels(String workspaceId, ListQuery query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ApiCall<ReadOutcome<Channel>> channel(ChannelAddress address) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
