package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One page of a channel's list (section 11 of the API reference).
 *
 * @param results the messages that can be read, in the order of the answer, which is not documented
 * @param unreadable the entries that cannot
 * @param nextPageToken opaque cursor of the next page; absent on the last one
 */
public record MessagePage(
    List<Message> results, List<UnreadableEntry> unreadable, Optional<String> nextPageToken) {

  public MessagePage {
    results = List.copyOf(results);
    unreadable = List.copyOf(unreadable);
  }

  /** A page of which everything can be read. */
  public MessagePage(List<Message> results, Optional<String> nextPageToken) {
    this(results, List.of(), nextPageToken);
  }

  /**
   * Reads a page.
   *
   * @throws UnreadableResourceException when there is no list
   */
  public static MessagePage of(JsonNode answer) throws UnreadableResourceException {
    Fields.Entries<Message> entries = Fields.results(answer, Message::of);
    return new MessagePage(entries.readable(), entries.unreadable(), Fields.nextPageToken(answer));
  }

  @Override
  public String toString() {
    return "MessagePage[" + results.size() + " messages, " + unreadable.size() + " unreadable]";
  }
}
