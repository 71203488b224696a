package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What a receiver did with a message (page <i>Message status and interactions</i>). No field is
 * relied on but the type.
 *
 * @param type {@code opened}, {@code read}, {@code clicked}, {@code reported-as-spam}, or another:
 *     the list is open
 * @param resource the whole interaction, not to be changed
 */
public record Interaction(String type, JsonNode resource) {

  /**
   * Reads an interaction.
   *
   * @throws UnreadableResourceException when there is no type
   */
  public static Interaction of(JsonNode resource) throws UnreadableResourceException {
    return new Interaction(Fields.text(resource, "type"), resource);
  }

  /** The interaction's id, where it has one. */
  public Optional<String> id() {
    return Fields.optionalText(resource, "id");
  }

  /** When it happened, where the API says so. */
  public Optional<Instant> createdAt() {
    return Fields.optionalTime(resource, "createdAt");
  }

  /** Type only: the rest may be private. */
  @Override
  public String toString() {
    return "Interaction[type=" + type + "]";
  }
}
