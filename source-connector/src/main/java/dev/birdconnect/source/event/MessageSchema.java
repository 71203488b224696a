package dev.birdconnect.source.event;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The schema of the message topic: every field of the message resource (section 9 of the API
 * reference). What is of a free form, or may get new forms, is there as JSON text as well.
 */
public final class MessageSchema {

  static final Schema CONNECTOR =
      Schemas.struct("Connector", 1)
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifierValue", Schema.OPTIONAL_STRING_SCHEMA)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("types", Schemas.TEXTS)
          .field("annotationsJson", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema IDENTIFIER =
      Schemas.struct("Identifier", 1)
          .field("identifierKey", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifierValue", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema CONTACT =
      Schemas.struct("Contact", 1)
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifierKey", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifierValue", Schema.OPTIONAL_STRING_SCHEMA)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("countryCode", Schema.OPTIONAL_STRING_SCHEMA)
          .field("platformAddress", Schema.OPTIONAL_STRING_SCHEMA)
          .field("platformAddressSelector", Schema.OPTIONAL_STRING_SCHEMA)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifiers", Schemas.list(IDENTIFIER))
          .field("annotationsJson", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema PARTY =
      Schemas.struct("Party", 1)
          .field("connector", CONNECTOR)
          .field("contacts", Schemas.list(CONTACT))
          .build();

  static final Schema TEMPLATE =
      Schemas.struct("Template", 1)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("projectId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("version", Schema.OPTIONAL_STRING_SCHEMA)
          .field("locale", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema FAILURE_SOURCE =
      Schemas.struct("FailureSource", 1)
          .field("code", Schema.OPTIONAL_STRING_SCHEMA)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema FAILURE =
      Schemas.struct("Failure", 1)
          .field("code", Schema.OPTIONAL_INT64_SCHEMA)
          .field("description", Schema.OPTIONAL_STRING_SCHEMA)
          .field("source", FAILURE_SOURCE)
          .build();

  static final Schema PART =
      Schemas.struct("Part", 1).field("platformReference", Schema.OPTIONAL_STRING_SCHEMA).build();

  static final Schema ORIGIN =
      Schemas.struct("Origin", 1)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema REPLY_TO =
      Schemas.struct("ReplyTo", 1)
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("order", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  static final Schema SHORT_LINKS =
      Schemas.struct("ShortLinks", 1).field("domain", Schema.OPTIONAL_STRING_SCHEMA).build();

  /** The value of a message event. Since version 2: more of the body. */
  public static final Schema VALUE =
      SchemaBuilder.struct()
          .name("dev.birdconnect.source.Message")
          .version(2)
          .doc("A message of a Bird channel, as it was when it was first read.")
          .field("eventId", Schema.STRING_SCHEMA)
          .field("id", Schema.STRING_SCHEMA)
          .field("workspaceId", Schema.STRING_SCHEMA)
          .field("channelId", Schema.STRING_SCHEMA)
          .field("platformId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("direction", Schema.OPTIONAL_STRING_SCHEMA)
          .field("status", Schema.STRING_SCHEMA)
          .field("reason", Schema.OPTIONAL_STRING_SCHEMA)
          .field("details", Schema.OPTIONAL_STRING_SCHEMA)
          .field("failure", FAILURE)
          .field("reference", Schema.OPTIONAL_STRING_SCHEMA)
          .field("referenceNamespace", Schema.OPTIONAL_STRING_SCHEMA)
          .field("referenceTopic", Schema.OPTIONAL_STRING_SCHEMA)
          .field("referencePartition", Schema.OPTIONAL_INT32_SCHEMA)
          .field("referenceOffset", Schema.OPTIONAL_INT64_SCHEMA)
          .field("sender", PARTY)
          .field("receiver", PARTY)
          .field("body", BodySchema.BODY)
          .field("bodyJson", Schema.OPTIONAL_STRING_SCHEMA)
          .field("bodyId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("template", TEMPLATE)
          .field("templateJson", Schema.OPTIONAL_STRING_SCHEMA)
          .field("metaJson", Schema.OPTIONAL_STRING_SCHEMA)
          .field("parts", Schemas.list(PART))
          .field("origin", ORIGIN)
          .field("replyTo", REPLY_TO)
          .field("tags", Schemas.TEXTS)
          .field("tagIds", Schemas.TEXTS)
          .field("shortLinks", SHORT_LINKS)
          .field("chargeableUnits", Schema.OPTIONAL_INT64_SCHEMA)
          .field("platformReferenceId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ignorePersistedEventhooks", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("createdAt", Timestamp.SCHEMA)
          .field("createdAtText", Schema.STRING_SCHEMA)
          .field("lastStatusAt", Timestamp.SCHEMA)
          .field("lastStatusAtText", Schema.STRING_SCHEMA)
          .field("updatedAt", Schemas.TIME)
          .field("scheduledFor", Schemas.TIME)
          .field("sendAt", Schemas.TIME)
          .field("late", Schema.BOOLEAN_SCHEMA)
          .field("otherFieldsJson", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private MessageSchema() {}
}
