package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import java.time.Instant;

/** Told of the messages that a channel's reader has read. */
@FunctionalInterface
public interface MessageListener {

  /** Tells nobody. */
  MessageListener NONE = (message, serverTime) -> {};

  /**
   * A message was read that is emitted, or was.
   *
   * @param message the message as it was read
   * @param serverTime the server's time
   */
  void seen(Message message, Instant serverTime);
}
