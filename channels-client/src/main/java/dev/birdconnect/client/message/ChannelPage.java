package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
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
    JsonNode results = answer.path("results");
    if (!results.isArray()) {
      throw new UnreadableResourceException("the field results is not a list");
    }
    List<Channel> channels = new ArrayList<>(results.size());
    for (JsonNode result : results) {
      channels.add(Channel.of(result));
    }
    return new ChannelPage(
        channels, Fields.optionalText(answer, "nextPageToken").filter(token -> !token.isEmpty()));
  }
}
