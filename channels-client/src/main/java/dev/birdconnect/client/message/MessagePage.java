package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One page of a channel's list (section 11 of the API reference).
 *
 * @param results the messages in the order of the answer, which is not documented
 * @param nextPageToken opaque cursor of the next page; absent on the last one
 */
public record MessagePage(List<Message> results, Optional<String> nextPageToken) {

  public MessagePage {
    results = List.copyOf(results);
  }

  /**
   * Reads a page.
   *
   * @throws UnreadableResourceException when there is no list or one of its messages is unreadable
   */
  public static MessagePage of(JsonNode answer) throws UnreadableResourceException {
    return new MessagePage(Fields.results(answer, Message::of), Fields.nextPageToken(answer));
  }

  @Override
  public String toString() {
    return "MessagePage[" + results.size() + " messages]";
  }
}
