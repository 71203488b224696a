package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Interaction;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.store.Times;
import dev.birdconnect.simulator.switches.SwitchValues;
import tools.jackson.databind.node.ObjectNode;

/** An interaction as the API shows it (page "Message status and interactions"). */
final class InteractionResource {
  private InteractionResource() {}

  static ObjectNode of(
      Interaction interaction, StoredMessage message, Channel channel, SwitchValues switches) {
    ObjectNode resource =
        Json.mapper()
            .createObjectNode()
            .put("id", interaction.id().toString())
            .put("messageId", message.position().id().toString())
            .put("channelId", channel.id().toString())
            .put("platformId", channel.settings().platform())
            .put("messageReference", message.reference())
            .put("messagePartsCount", 1)
            .put("messageCreatedAt", Times.text(message.position().createdAtMillis(), switches))
            .put("createdAt", Times.text(interaction.createdAtMillis(), switches));
    resource
        .putObject("receiver")
        .putArray("contacts")
        .addObject()
        .put("identifierValue", message.receiver());
    boolean first = channel.interactions(message.position().id()).indexOf(interaction) == 0;
    resource.put("isFirstInteraction", first).put("isFirstInteractionIncludingBots", first);
    resource.setAll(interaction.fields());
    return resource;
  }
}
