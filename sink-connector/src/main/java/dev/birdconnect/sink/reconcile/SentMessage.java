package dev.birdconnect.sink.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.client.verdict.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that was found in a channel's list.
 *
 * @param id its id, where it can be read
 * @param createdAt when it was made, by the server's clock, where it can be read
 * @param rejection why the API rejected it after it was taken in, where it did
 */
public record SentMessage(
    Optional<String> id, Optional<Instant> createdAt, Optional<Reason> rejection) {

  static SentMessage of(Message message) {
    return new SentMessage(
        Optional.of(message.id()), Optional.of(message.createdAt()), rejection(message.resource()));
  }

  static SentMessage of(UnreadableEntry entry) {
    return new SentMessage(entry.id(), entry.createdAt(), rejection(entry.resource()));
  }

  private static Optional<Reason> rejection(JsonNode resource) {
    return resource.path("status").asText().equals(MessageStatus.REJECTED.name())
        ? Optional.of(Reason.ofRejection(resource))
        : Optional.empty();
  }
}
