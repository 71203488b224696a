package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.store.Workspace;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes in messages from contacts. */
public final class Inbox {
  private final Accounts accounts;

  /** For the channels of these accounts. */
  public Inbox(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The body of a plain text. */
  public static JsonNode textBody(String text) {
    ObjectNode body = Json.mapper().createObjectNode().put("type", "text");
    body.putObject("text").put("text", text);
    return body;
  }

  /** Makes an incoming message; empty when no workspace has the channel. */
  public Optional<StoredMessage> receive(UUID channelId, String from, JsonNode body) {
    for (Workspace workspace : accounts.workspaces()) {
      Optional<Channel> channel = workspace.channel(channelId);
      if (channel.isPresent()) {
        return Optional.of(
            channel.get().add(MessageResource.received(workspace, channel.get(), from, body)));
      }
    }
    return Optional.empty();
  }
}
