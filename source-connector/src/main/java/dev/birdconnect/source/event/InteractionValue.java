package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.message.Interaction;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.interaction.InteractionEmission;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Builds the value of an interaction event. */
final class InteractionValue {

  /** The fields that have a place of their own; whatever else comes is kept as JSON text. */
  static final Set<String> KNOWN =
      Set.of(
          "id",
          "messageId",
          "channelId",
          "platformId",
          "type",
          "messageReference",
          "messagePartsCount",
          "messageTags",
          "messageCreatedAt",
          "receiver",
          "createdAt",
          "details",
          "context",
          "metadata",
          "bodyTemplateProjectId",
          "journey",
          "isFirstInteraction",
          "isFirstInteractionIncludingBots");

  private InteractionValue() {}

  static Struct of(ChannelAddress address, InteractionEmission emission) {
    Interaction interaction = emission.interaction();
    JsonNode resource = interaction.resource();
    return new Struct(InteractionSchema.VALUE)
        .put("eventId", emission.eventId())
        .put("id", Json.text(resource, "id"))
        .put("messageId", emission.message().id())
        .put("workspaceId", address.workspaceId())
        .put("channelId", address.channelId())
        .put("platformId", Json.text(resource, "platformId"))
        .put("type", interaction.type())
        .put("messageReference", Json.text(resource, "messageReference"))
        .put("messagePartsCount", Json.integer(resource, "messagePartsCount"))
        .put("messageTags", Json.texts(resource, "messageTags"))
        .put("messageCreatedAt", Json.time(resource, "messageCreatedAt"))
        .put("receiverJson", Json.json(resource, "receiver"))
        .put("createdAt", Json.time(resource, "createdAt"))
        .put("createdAtText", Json.text(resource, "createdAt"))
        .put("details", Json.text(resource, "details"))
        .put("context", context(resource.path("context")))
        .put("metadata", metadata(resource.path("metadata")))
        .put("metadataJson", Json.json(resource, "metadata"))
        .put("bodyTemplateProjectId", Json.text(resource, "bodyTemplateProjectId"))
        .put("journeyJson", Json.json(resource, "journey"))
        .put("isFirstInteraction", Json.truth(resource, "isFirstInteraction"))
        .put(
            "isFirstInteractionIncludingBots",
            Json.truth(resource, "isFirstInteractionIncludingBots"))
        .put("otherFieldsJson", Json.otherFields(resource, KNOWN));
  }

  private static @Nullable Struct context(JsonNode context) {
    if (!context.isObject()) {
      return null;
    }
    return new Struct(InteractionSchema.CONTEXT)
        .put("id", Json.text(context, "id"))
        .put("type", Json.text(context, "type"))
        .put("tags", Json.texts(context, "tags"));
  }

  private static @Nullable Struct metadata(JsonNode metadata) {
    if (!metadata.isObject()) {
      return null;
    }
    return new Struct(InteractionSchema.METADATA)
        .put("link", link(metadata.path("link")))
        .put("button", button(metadata.path("button")))
        .put("reaction", reaction(metadata.path("reaction")))
        .put("conversion", conversion(metadata.path("conversion")))
        .put("prefetched", Json.truth(metadata, "prefetched"));
  }

  private static @Nullable Struct link(JsonNode link) {
    if (!link.isObject()) {
      return null;
    }
    return new Struct(InteractionSchema.LINK)
        .put("name", Json.text(link, "name"))
        .put("url", Json.text(link, "url"));
  }

  private static @Nullable Struct button(JsonNode button) {
    if (!button.isObject()) {
      return null;
    }
    return new Struct(InteractionSchema.BUTTON).put("payload", Json.text(button, "payload"));
  }

  private static @Nullable Struct reaction(JsonNode reaction) {
    if (!reaction.isObject()) {
      return null;
    }
    return new Struct(InteractionSchema.REACTION)
        .put("emoji", Json.text(reaction, "emoji"))
        .put("action", Json.text(reaction, "action"));
  }

  private static @Nullable Struct conversion(JsonNode conversion) {
    if (!conversion.isObject()) {
      return null;
    }
    return new Struct(InteractionSchema.CONVERSION)
        .put("type", Json.text(conversion, "type"))
        .put("status", Json.text(conversion, "status"))
        .put("method", Json.text(conversion, "method"))
        .put("timestamp", Json.text(conversion, "timestamp"));
  }
}
