package dev.birdconnect.simulator.store;

import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a recipient did with a message.
 *
 * @param id its id
 * @param createdAtMillis milliseconds since 1970
 * @param fields its kind and what else was said of it, as the API shows them
 */
public record Interaction(UUID id, long createdAtMillis, ObjectNode fields) {
  @Override
  public String toString() {
    return "Interaction[id=" + id + "]";
  }
}
