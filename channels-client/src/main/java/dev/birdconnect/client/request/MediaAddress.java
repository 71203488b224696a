package dev.birdconnect.client.request;

import java.util.List;

/**
 * Where a medium of a message is read: below a channel or below a message. The documentation shows
 * the beginning of these paths only, so what follows {@code media/} is the caller's.
 */
public sealed interface MediaAddress {

  /** Id of the workspace. */
  String workspaceId();

  /** What follows {@code media/}, by parts. */
  List<String> path();

  /** {@code /channels/{channelId}/media/...}. */
  record OfChannel(ChannelAddress channel, List<String> path) implements MediaAddress {
    public OfChannel {
      path = List.copyOf(path);
    }

    @Override
    public String workspaceId() {
      return channel.workspaceId();
    }
  }

  /** {@code /messages/{messageId}/media/...}. */
  record OfMessage(String workspaceId, String messageId, List<String> path)
      implements MediaAddress {
    public OfMessage {
      path = List.copyOf(path);
    }
  }
}
