package dev.birdconnect.source.interaction;

import dev.birdconnect.client.message.Interaction;
import java.util.HashMap;
import java.util.Map;

/**
 * Ids of interaction events: by the interaction's own id, or where it has none by what it is, when
 * it was, and which of several alike, as no field but the type is relied on.
 */
final class InteractionIds {

  private final String messageId;
  private final Map<String, Integer> alike = new HashMap<>();

  /**
   * @param messageId the message whose interactions are named, in the order of the answer
   */
  InteractionIds(String messageId) {
    this.messageId = messageId;
  }

  /** The id of the next one. */
  String next(Interaction interaction) {
    return interaction
        .id()
        .filter(id -> !id.isEmpty())
        .map(id -> String.join(":", messageId, "interaction", id))
        .orElseGet(() -> byLook(interaction));
  }

  private String byLook(Interaction interaction) {
    String look =
        String.join(
            ":",
            messageId,
            "interaction",
            interaction.type(),
            interaction.createdAt().map(Object::toString).orElse("-"));
    return look + ":" + alike.merge(look, 1, Integer::sum);
  }
}
