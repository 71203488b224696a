package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One page of a workspace's channels.
 *
 * @param results the channels that can be read, in the order of the answer
 * @param unreadable the entries that cannot
 * @param nextPageToken opaque cursor of the next page; absent on the last one
 */
public record ChannelPage(
    List<Channel> results, List<UnreadableEntry> unreadable, Optional<String> nextPageToken) {

  public ChannelPage {
    results = List.copyOf(results);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Reads a page.
   *
   * @throws UnreadableResourceException when there is no list
   */
  public static ChannelPage of(JsonNode answer) throws UnreadableResourceException {
    Fields.Entries<Channel> entries = Fields.results(answer, Channel::of);
    return new ChannelPage(entries.readable(), entries.unreadable(), Fields.nextPageToken(answer));
  }
}
