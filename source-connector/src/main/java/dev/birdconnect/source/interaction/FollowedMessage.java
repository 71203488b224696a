package dev.birdconnect.source.interaction;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.source.status.KnownMessage;
import java.util.Optional;

/**
 * A message whose interactions are looked for.
 *
 * @param id the message's id
 * @param agesFrom when its age begins: the later of createdAt and scheduledFor, in seconds since
 *     1970 by the server's clock
 * @param reference its reference
 * @param contact its receiver
 */
public record FollowedMessage(
    String id, long agesFrom, Optional<String> reference, Optional<String> contact) {

  static FollowedMessage of(Message message) {
    return new FollowedMessage(
        message.id(),
        KnownMessage.of(message, Optional.empty()).agesFrom(),
        message.reference(),
        message.contact());
  }

  /** Reference and receiver may be private. */
  @Override
  public String toString() {
    return "FollowedMessage[id=" + id + "]";
  }
}
