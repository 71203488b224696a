package dev.birdconnect.source.event;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The schema of the interaction topic: every field of an interaction (section 13 of the API
 * reference). No field but the type is relied on.
 */
public final class InteractionSchema {

  static final Schema CONTEXT =
      Schemas.struct("InteractionContext", 1)
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("tags", Schemas.TEXTS)
          .build();

  static final Schema LINK =
      Schemas.struct("InteractionLink", 1)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("url", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema BUTTON =
      Schemas.struct("InteractionButton", 1)
          .field("payload", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema REACTION =
      Schemas.struct("InteractionReaction", 1)
          .field("emoji", Schema.OPTIONAL_STRING_SCHEMA)
          .field("action", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema CONVERSION =
      Schemas.struct("InteractionConversion", 1)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("status", Schema.OPTIONAL_STRING_SCHEMA)
          .field("method", Schema.OPTIONAL_STRING_SCHEMA)
          .field("timestamp", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema METADATA =
      Schemas.struct("InteractionMetadata", 1)
          .field("link", LINK)
          .field("button", BUTTON)
          .field("reaction", REACTION)
          .field("conversion", CONVERSION)
          .field("prefetched", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .build();

  /** The value of an interaction event. */
  public static final Schema VALUE =
      SchemaBuilder.struct()
          .name("dev.birdconnect.source.Interaction")
          .version(1)
          .doc("What a receiver did with a message.")
          .field("eventId", Schema.STRING_SCHEMA)
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("messageId", Schema.STRING_SCHEMA)
          .field("workspaceId", Schema.STRING_SCHEMA)
          .field("channelId", Schema.STRING_SCHEMA)
          .field("platformId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("type", Schema.STRING_SCHEMA)
          .field("messageReference", Schema.OPTIONAL_STRING_SCHEMA)
          .field("messagePartsCount", Schema.OPTIONAL_INT64_SCHEMA)
          .field("messageTags", Schemas.TEXTS)
          .field("messageCreatedAt", Schemas.TIME)
          .field("receiverJson", Schema.OPTIONAL_STRING_SCHEMA)
          .field("createdAt", Schemas.TIME)
          .field("createdAtText", Schema.OPTIONAL_STRING_SCHEMA)
          .field("details", Schema.OPTIONAL_STRING_SCHEMA)
          .field("context", CONTEXT)
          .field("metadata", METADATA)
          .field("metadataJson", Schema.OPTIONAL_STRING_SCHEMA)
          .field("bodyTemplateProjectId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("journeyJson", Schema.OPTIONAL_STRING_SCHEMA)
          .field("isFirstInteraction", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("isFirstInteractionIncludingBots", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("otherFieldsJson", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private InteractionSchema() {}
}
