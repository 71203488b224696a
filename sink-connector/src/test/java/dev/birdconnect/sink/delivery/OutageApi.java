package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An API that is up or down, by the clock of a {@link FakeTimer}. */
final class OutageApi extends UnusedApi {

  /** How it is. */
  enum State {
    UP,
    /** Connections are refused. */
    REFUSING,
    /** The host answers 503 and has done nothing. */
    FAILING,
    /** No answer comes, and every second send is made all the same. */
    HANGING
  }

  private static final Duration ANSWER = Duration.ofMillis(50);
  private static final Reason DOWN = Reason.of("it is down");

  private final FakeTimer timer;
  private final Duration callTimeout;
  private final ModelApi model = new ModelApi(1_000);
  private final Map<String, Send<String>> byReference = new HashMap<>();
  private State state = State.UP;
  private int attempts;
  private int made;
  private int atOnce;
  private int mostAtOnce;

  OutageApi(FakeTimer timer, Duration callTimeout) {
    this.timer = timer;
    this.callTimeout = callTimeout;
  }

  void be(State now) {
    state = now;
  }

  /** A send with a reference by which it is known again. */
  Send<String> produced(Send<String> send) {
    Send<String> known =
        new Send<>(
            send.position(),
            send.identity(),
            send.notMadeBefore(),
            send.orderKey(),
            send.address(),
            send.origin(),
            send.request().withReference(send.reference()),
            send.record(),
            send.weight());
    byReference.put(send.reference(), known);
    return known;
  }

  int attempts() {
    return attempts;
  }

  int made() {
    return made;
  }

  /** Most sends that were under way at the same time since this was last asked. */
  int mostAtOnce() {
    int most = mostAtOnce;
    mostAtOnce = 0;
    return most;
  }

  @Override
  public ApiCall<Verdict> send(
      ChannelAddress address, AddressOrigin origin, SendRequest request, BooleanSupplier mayLeave) {
    attempts++;
    atOnce++;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    Send<String> send = byReference.get(request.reference().orElseThrow());
    return switch (state) {
      case UP -> ended(ANSWER, () -> make(send));
      case REFUSING -> ended(Duration.ofMillis(1), () -> Sends.NOT_CONNECTED);
      case FAILING -> ended(ANSWER, () -> Sends.UNKNOWN);
      case HANGING -> {
        if (attempts % 2 == 0) {
          make(send);
        }
        yield ended(callTimeout, () -> Sends.UNKNOWN);
      }
    };
  }

  private Verdict make(Send<String> send) {
    model.make(send, timer.nanoTime(), timer.nanoTime());
    made++;
    return Sends.ACCEPTED;
  }

  private ApiCall<Verdict> ended(Duration after, Supplier<Verdict> verdict) {
    CompletableFuture<Verdict> outcome = new CompletableFuture<>();
    timer.after(
        after,
        () -> {
          atOnce--;
          outcome.complete(verdict.get());
        });
    return new Call<>(outcome);
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
    CompletableFuture<ReadOutcome<MessagePage>> outcome = new CompletableFuture<>();
    State now = state;
    timer.after(
        now == State.HANGING ? callTimeout : ANSWER,
        () ->
            outcome.complete(
                now == State.UP
                    ? new ReadOutcome.Found<>(
                        model.page(address, query, timer.nanoTime()),
                        Optional.of(ModelApi.time(timer.nanoTime())))
                    : new ReadOutcome.Unavailable<>(DOWN, Optional.empty())));
    return new Call<>(outcome);
  }
}
