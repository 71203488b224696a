package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a list that is not the resource it should be. It does not keep the others from being
 * read; what it tells all the same is of use for messages.
 *
 * @param place how many readable entries stand before it on its page
 * @param problem what is missing or of the wrong kind; names the field, never its value
 * @param resource the entry as sent, not to be changed
 */
public record UnreadableEntry(int place, String problem, JsonNode resource) {

  /** Its id, where that can be read. */
  public Optional<String> id() {
    return Fields.nonEmptyText(resource, "id");
  }

  /** When it was made, where that can be read. */
  public Optional<Instant> createdAt() {
    return Fields.optionalTime(resource, "createdAt");
  }

  /** The label given by the sender, where it has one that can be read. */
  public Optional<String> reference() {
    return Fields.nonEmptyText(resource, "reference");
  }

  /** Whether it says which label it has, or that it has none. */
  public boolean tellsReference() {
    return resource.path("reference").isTextual();
  }

  /** {@code incoming} or {@code outgoing}, where that can be read. */
  public Optional<String> direction() {
    return Fields.nonEmptyText(resource, "direction");
  }

  /** Without the entry: what it holds may be private. */
  @Override
  public String toString() {
    return "UnreadableEntry[place=" + place + ", " + problem + "]";
  }
}
