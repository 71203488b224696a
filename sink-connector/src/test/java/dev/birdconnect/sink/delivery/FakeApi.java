package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.UNKNOWN;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.BatchApi;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.message.Message;
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

/** The API: sends wait for the test, the list is empty. */
final class FakeApi implements ChannelsApi, BatchApi {

  /** A call that the test ends. */
  static final class FakeCall implements ApiCall<Verdict> {
    final CompletableFuture<Verdict> outcome = new CompletableFuture<>();
    boolean cancelled;

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

  final List<FakeCall> calls = new ArrayList<>();
  final List<SendRequest> requests = new ArrayList<>();
  final Deque<ReadOutcome<Channel>> channelAnswers = new ArrayDeque<>();
  int channelReads;
  boolean broken;
  boolean endsAtOnce;
  boolean closed;

  @Override
  public ApiCall<Verdict> send(
      ChannelAddress address, AddressOrigin origin, SendRequest request, BooleanSupplier mayLeave) {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    FakeCall call = new FakeCall();
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
    throw new UnsupportedOperationException();
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
    channelReads++;
    return new EndedCall<>(channelAnswers.removeFirst());
  }

  @Override
  public Optional<Instant> serverTime() {
    return Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
  }
}
