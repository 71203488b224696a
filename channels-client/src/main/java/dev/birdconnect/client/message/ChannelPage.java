package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One page of a workspace's channels.
 *
 * @param results the channels in the order of the answer
 * @param nextPageToken opaque cursor of the next page; absent on the last one
 */
public record ChannelPage(List<Channel> results, Optional<String> nextPageToken) {

  public ChannelPage {
    results = List.copyOf(results);
  }

  /**
   * Reads a page.
   *
   * @throws UnreadableResourceException when there is no list or one of its channels is unreadable
   */
  public static ChannelPage of(JsonNode answer) throws UnreadableResourceException {
    return new ChannelPage(Fields.results(answer, Channel::of), Fields.nextPageToken(answer));
  }
}
