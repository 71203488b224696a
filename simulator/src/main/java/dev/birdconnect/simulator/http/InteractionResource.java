package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.contract.MalformedJsonException;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Interaction;
import dev.birdconnect.simulator.store.JsonBytes;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.store.Times;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Interactions as the API shows them. */
public final class InteractionResource {
  private InteractionResource() {}

  /** The interactions of a message, the first one first. */
  public static ArrayNode list(
      Channel channel,
      StoredMessage message,
      List<Interaction> interactions,
      SwitchValues switches) {
    JsonNode resource = resource(message, switches);
    ArrayNode results = Json.mapper().createArrayNode();
    for (Interaction interaction : interactions) {
      boolean isFirst = results.isEmpty();
      ObjectNode written = results.addObject();
      written
          .put("id", interaction.id().toString())
          .put("messageId", message.position().id().toString())
          .put("channelId", channel.id().toString())
          .put("platformId", channel.settings().platform())
          .put("type", interaction.type())
          .put("messageReference", message.reference())
          .put("messagePartsCount", 1)
          .put("messageCreatedAt", Times.text(message.position().createdAtMillis(), switches))
          .put("createdAt", Times.text(interaction.createdAtMillis(), switches))
          .put("isFirstInteraction", isFirst)
          .put("isFirstInteractionIncludingBots", isFirst);
      copy(resource, "tags", written, "messageTags");
      copy(resource, "receiver", written, "receiver");
      written.setAll(interaction.more());
    }
    return results;
  }

  private static void copy(JsonNode from, String name, ObjectNode to, String newName) {
    if (from.has(name)) {
      to.set(newName, from.path(name));
    }
  }

  private static JsonNode resource(StoredMessage message, SwitchValues switches) {
    JsonBytes json = new JsonBytes(1024);
    message.write(message.position().createdAtMillis(), switches, json);
    try {
      return Json.read(json.toByteArray());
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("A stored message is not JSON.", e);
    }
  }
}
