package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.message.Message;
import java.time.Instant;

/**
 * A message that was found in a channel's list.
 *
 * @param id its id
 * @param createdAt when it was made, by the server's clock
 */
public record SentMessage(String id, Instant createdAt) {

  static SentMessage of(Message message) {
    return new SentMessage(message.id(), message.createdAt());
  }
}
