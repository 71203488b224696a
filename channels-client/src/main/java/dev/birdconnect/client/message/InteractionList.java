package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * All interactions of a message; no paging is documented (section 13 of the API reference).
 *
 * @param results the interactions that can be read, in the order of the answer
 * @param unreadable the entries that cannot
 */
public record InteractionList(List<Interaction> results, List<UnreadableEntry> unreadable) {

  public InteractionList {
    results = List.copyOf(results);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Reads a list.
   *
   * @throws UnreadableResourceException when there is no list
   */
  public static InteractionList of(JsonNode answer) throws UnreadableResourceException {
    Fields.Entries<Interaction> entries = Fields.results(answer, Interaction::of);
    return new InteractionList(entries.readable(), entries.unreadable());
  }
}
