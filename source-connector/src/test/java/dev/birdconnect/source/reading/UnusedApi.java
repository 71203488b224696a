package dev.birdconnect.source.reading;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.LookupApi;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.message.ContactFacts;
import dev.birdconnect.client.message.InteractionList;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** An API of which a test overrides what it uses; everything else is an error. */
public abstract class UnusedApi implements ChannelsApi, LookupApi {

  /** A call that ends with this future, and that nothing cancels. */
  protected static <T> ApiCall<T> call(CompletableFuture<T> outcome) {
    return new ApiCall<>() {
      @Override
      public CompletionStage<T> outcome() {
        return outcome;
      }

      @Override
      public void cancel() {}
    };
  }

  @Override
  public ApiCall<Verdict> send(
      ChannelAddress address, AddressOrigin origin, SendRequest request, BooleanSupplier mayLeave) {
    throw new UnsupportedOperationException("A source sends nothing.");
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
    throw notAskedFor();
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> workspaceMessages(String workspaceId, ListQuery query) {
    throw notAskedFor();
  }

  @Override
  public ApiCall<ReadOutcome<Message>> message(ChannelAddress address, String messageId) {
    throw notAskedFor();
  }

  @Override
  public ApiCall<ReadOutcome<ChannelPage>> channels(String workspaceId, ListQuery query) {
    throw notAskedFor();
  }

  @Override
  public ApiCall<ReadOutcome<Channel>> channel(ChannelAddress address) {
    throw notAskedFor();
  }

  @Override
  public ApiCall<ReadOutcome<InteractionList>> interactions(
      ChannelAddress address, String messageId) {
    throw notAskedFor();
  }

  @Override
  public ApiCall<ReadOutcome<ContactFacts>> contact(
      ChannelAddress address, String contactId, Optional<String> identifierValue) {
    throw notAskedFor();
  }

  private static UnsupportedOperationException notAskedFor() {
    return new UnsupportedOperationException("Not asked for by a reader.");
  }

  @Override
  public Optional<Instant> serverTime() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
