package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.UnreadableEntry;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that was found in a channel's list.
 *
 * @param id its id, where it can be read
 * @param createdAt when it was made, by the server's clock, where it can be read
 */
public record SentMessage(Optional<String> id, Optional<Instant> createdAt) {

  static SentMessage of(Message message) {
    return new SentMessage(Optional.of(message.id()), Optional.of(message.createdAt()));
  }

  static SentMessage of(UnreadableEntry entry) {
    return new SentMessage(entry.id(), entry.createdAt());
  }
}
