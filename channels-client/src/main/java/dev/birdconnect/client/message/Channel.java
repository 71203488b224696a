package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A channel of a workspace. Only the id is relied on.
 *
 * @param id the channel's id
 * @param resource the whole answer, not to be changed
 */
public record Channel(String id, JsonNode resource) {

  /**
   * Reads a channel.
   *
   * @throws UnreadableResourceException when there is no id
   */
  public static Channel of(JsonNode resource) throws UnreadableResourceException {
    return new Channel(Fields.text(resource, "id"), resource);
  }

  /** Name of the platform, such as {@code sms}. */
  public Optional<String> platformId() {
    return Fields.optionalText(resource, "platformId");
  }

  /** State of the channel, such as {@code active}. */
  public Optional<String> status() {
    return Fields.optionalText(resource, "status");
  }

  @Override
  public String toString() {
    return "Channel[id=" + id + "]";
  }
}
