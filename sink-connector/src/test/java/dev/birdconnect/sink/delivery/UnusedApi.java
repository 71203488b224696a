package dev.birdconnect.sink.delivery;

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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** An API of which a test overrides what it uses; everything else is an error. */
public abstract class UnusedApi implements ChannelsApi, BatchApi {

  /** A call that ends with this future, and cannot be cancelled. */
  protected record Call<T>(CompletableFuture<T> future) implements ApiCall<T> {
    @Override
    public CompletionStage<T> outcome() {
      return future;
    }

    @Override
    public void cancel() {}
  }

  /** A call that has ended. */
  protected static <T> ApiCall<T> ended(T value) {
    return new Call<>(CompletableFuture.completedFuture(value));
  }

  @Override
  public ApiCall<Verdict> send(
      ChannelAddress address, AddressOrigin origin, SendRequest request, BooleanSupplier mayLeave) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
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
  public Optional<Instant> serverTime() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
