package dev.birdconnect.source.event;

import dev.birdconnect.client.message.Interaction;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.interaction.InteractionEmission;
import org.apache.kafka.connect.data.Struct;

/** Builds the value of an interaction event. */
final class InteractionValue {

  private static final StructReader CONTEXT =
      StructReader.of(InteractionSchema.CONTEXT)
          .texts("id", "type")
          .field("tags", Json::texts)
          .build();

  private static final StructReader LINK =
      StructReader.of(InteractionSchema.LINK).texts("name", "url").build();

  private static final StructReader BUTTON =
      StructReader.of(InteractionSchema.BUTTON).texts("payload").build();

  private static final StructReader REACTION =
      StructReader.of(InteractionSchema.REACTION).texts("emoji", "action").build();

  private static final StructReader CONVERSION =
      StructReader.of(InteractionSchema.CONVERSION)
          .texts("type", "status", "method", "timestamp")
          .build();

  private static final StructReader METADATA =
      StructReader.of(InteractionSchema.METADATA)
          .object("link", LINK)
          .object("button", BUTTON)
          .object("reaction", REACTION)
          .object("conversion", CONVERSION)
          .field("prefetched", Json::truth)
          .build();

  /** Whatever has no place of its own is kept as JSON text. */
  static final StructReader INTERACTION =
      StructReader.of(InteractionSchema.VALUE)
          .texts("id", "platformId", "messageReference", "details", "bodyTemplateProjectId")
          .field("messagePartsCount", Json::integer)
          .field("messageTags", Json::texts)
          .field("messageCreatedAt", Json::time)
          .field("receiver", "receiverJson", Json::json)
          .field("createdAt", Json::time)
          .field("createdAt", "createdAtText", Json::text)
          .object("context", CONTEXT)
          .object("metadata", METADATA)
          .field("metadata", "metadataJson", Json::json)
          .field("journey", "journeyJson", Json::json)
          .field("isFirstInteraction", Json::truth)
          .field("isFirstInteractionIncludingBots", Json::truth)
          .known("messageId", "channelId", "type")
          .others("otherFieldsJson")
          .build();

  private InteractionValue() {}

  static Struct of(ChannelAddress address, InteractionEmission emission) {
    Interaction interaction = emission.interaction();
    Struct value = new Struct(InteractionSchema.VALUE);
    INTERACTION.readInto(value, interaction.resource());
    return value
        .put("eventId", emission.eventId())
        .put("messageId", emission.message().id())
        .put("workspaceId", address.workspaceId())
        .put("channelId", address.channelId())
        .put("type", interaction.type());
  }
}
