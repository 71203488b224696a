package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * All interactions of a message; no paging is documented (section 13 of the API reference).
 *
 * @param results the interactions in the order of the answer
 */
public record InteractionList(List<Interaction> results) {

  public InteractionList {
    results = List.copyOf(results);
  }

  /**
   * Reads a list.
   *
   * @throws UnreadableResourceException when there is no list or one of its entries is unreadable
   */
  public static InteractionList of(JsonNode answer) throws UnreadableResourceException {
    return new InteractionList(Fields.results(answer, Interaction::of));
  }
}
