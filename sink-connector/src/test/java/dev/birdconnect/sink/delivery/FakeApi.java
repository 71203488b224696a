package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.UNKNOWN;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.BatchVerdict;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The API: sends wait for the test, the list is empty unless its pages wait for the test too. */
final class FakeApi extends UnusedApi {

  /** A call that the test ends. */
  static final class FakeCall implements ApiCall<Verdict> {
    final CompletableFuture<Verdict> outcome = new CompletableFuture<>();
    final BooleanSupplier mayLeave;
    boolean cancelled;

    private FakeCall(BooleanSupplier mayLeave) {
      this.mayLeave = mayLeave;
    }

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

  /** A batch that the test ends. */
  record FakeBatch(BooleanSupplier mayLeave, CompletableFuture<BatchVerdict> outcome) {}

  final List<FakeCall> calls = new ArrayList<>();
  final List<FakeBatch> batches = new ArrayList<>();
  final List<SendRequest> requests = new ArrayList<>();
  final Deque<ReadOutcome<Channel>> channelAnswers = new ArrayDeque<>();
  final List<CompletableFuture<ReadOutcome<MessagePage>>> pages = new ArrayList<>();
  int channelReads;
  boolean broken;
  boolean endsAtOnce;
  boolean pagesWait;
  boolean closed;
  boolean clockBroken;

  @Override
  public ApiCall<Verdict> send(
      ChannelAddress address, AddressOrigin origin, SendRequest request, BooleanSupplier mayLeave) {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    FakeCall call = new FakeCall(mayLeave);
    if (endsAtOnce) {
      call.outcome.complete(Sends.ACCEPTED);
    }
    requests.add(request);
    calls.add(call);
    return call;
  }

  @Override
  public ApiCall<BatchVerdict> sendBatch(
      ChannelAddress address,
      AddressOrigin origin,
      BatchRequest request,
      BooleanSupplier mayLeave) {
    FakeBatch batch = new FakeBatch(mayLeave, new CompletableFuture<>());
    batches.add(batch);
    return new Call<>(batch.outcome());
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
    CompletableFuture<ReadOutcome<MessagePage>> page = new CompletableFuture<>();
    pages.add(page);
    if (!pagesWait) {
      page.complete(noMessages());
    }
    return new Call<>(page);
  }

  static ReadOutcome<MessagePage> noMessages() {
    return new ReadOutcome.Found<>(new MessagePage(List.of(), Optional.empty()), Optional.empty());
  }

  @Override
  public ApiCall<ReadOutcome<Channel>> channel(ChannelAddress address) {
    channelReads++;
    return ended(channelAnswers.removeFirst());
  }

  @Override
  public Optional<Instant> serverTime() {
    if (clockBroken) {
      throw new IllegalStateException("no clock");
    }
    return super.serverTime();
  }

  @Override
  public void close() {
    closed = true;
  }
}
