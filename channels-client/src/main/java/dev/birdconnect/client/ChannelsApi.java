package dev.birdconnect.client;

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
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The operations of the Channels API. All are asynchronous and can be cancelled. */
public interface ChannelsApi extends AutoCloseable {

  /** Sends one message (page <i>Messaging</i>). One call is one attempt; nothing is repeated. */
  default ApiCall<Verdict> send(ChannelAddress address, AddressOrigin origin, SendRequest request) {
    return send(address, origin, request, () -> true);
  }

  /**
   * Sends one message, if it still may when the request is about to leave: a call may have waited
   * for its permit or a connection.
   *
   * @param mayLeave asked on a thread of the client before the first byte; without it nothing is
   *     sent, which is {@link Verdict.NotProcessed}
   */
  ApiCall<Verdict> send(
      ChannelAddress address, AddressOrigin origin, SendRequest request, BooleanSupplier mayLeave);

  /** Lists the messages of a channel (page <i>Messaging</i>). */
  ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query);

  /**
   * Lists the messages of a channel with no more of each than it takes to find one again and to
   * know whether it was rejected; other fields may be missing. Takes far less processor time than
   * {@link #messages} where messages are long.
   */
  default ApiCall<ReadOutcome<MessagePage>> outlines(ChannelAddress address, ListQuery query) {
    return messages(address, query);
  }

  /** Reads one message (page <i>Messaging</i>). */
  ApiCall<ReadOutcome<Message>> message(ChannelAddress address, String messageId);

  /** Lists the channels of a workspace (page <i>Channels</i>). */
  ApiCall<ReadOutcome<ChannelPage>> channels(String workspaceId, ListQuery query);

  /** Reads one channel (page <i>Channels</i>). */
  ApiCall<ReadOutcome<Channel>> channel(ChannelAddress address);

  /**
   * The server's clock now, as the {@code Date} of its last answer tells: behind by at most a
   * second and the way of that answer. Empty before the first one that told.
   */
  Optional<Instant> serverTime();

  /** Cancels what is under way and gives up threads and connections. */
  @Override
  void close();
}
