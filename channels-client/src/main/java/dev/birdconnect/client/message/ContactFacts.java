package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What a channel knows of a contact (page <i>Sending WhatsApp messages</i>).
 *
 * @param resource the whole answer, not to be changed
 */
public record ContactFacts(JsonNode resource) {

  /**
   * Reads an answer.
   *
   * @throws UnreadableResourceException when it is no JSON object
   */
  public static ContactFacts of(JsonNode resource) throws UnreadableResourceException {
    Fields.object(resource, "the contact's answer");
    return new ContactFacts(resource);
  }

  /** Until when messages other than templates may be sent; empty where there is no such time. */
  public Optional<Instant> serviceWindowExpireAt() {
    return Fields.optionalTime(resource, "serviceWindowExpireAt");
  }

  /** Whether the service window never ends, where the API says so. */
  public Optional<Boolean> permanentSession() {
    JsonNode node = resource.path("isPermanentSession");
    return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
  }

  /** Nothing: what is known of a contact is private. */
  @Override
  public String toString() {
    return "ContactFacts[]";
  }
}
