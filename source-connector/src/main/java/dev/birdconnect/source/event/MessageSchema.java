package dev.birdconnect.source.event;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The schema of the message topic: every field of the message resource (section 9 of the API
 * reference). What is of a free form, or may get new forms, is there as JSON text as well.
 */
public final class MessageSchema {

  static final int VERSION = 1;
  static final Schema TIME = Timestamp.builder().optional().build();
  static final Schema TEXTS = SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build();

  static final Schema CONNECTOR =
      struct("Connector")
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifierValue", Schema.OPTIONAL_STRING_SCHEMA)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("types", TEXTS)
          .field("annotationsJson", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema IDENTIFIER =
      struct("Identifier")
          .field("identifierKey", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifierValue", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema CONTACT =
      struct("Contact")
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifierKey", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifierValue", Schema.OPTIONAL_STRING_SCHEMA)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("countryCode", Schema.OPTIONAL_STRING_SCHEMA)
          .field("platformAddress", Schema.OPTIONAL_STRING_SCHEMA)
          .field("platformAddressSelector", Schema.OPTIONAL_STRING_SCHEMA)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifiers", SchemaBuilder.array(IDENTIFIER).optional().build())
          .field("annotationsJson", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema PARTY =
      struct("Party")
          .field("connector", CONNECTOR)
          .field("contacts", SchemaBuilder.array(CONTACT).optional().build())
          .build();

  static final Schema BODY =
      struct("Body")
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("text", Schema.OPTIONAL_STRING_SCHEMA)
          .field("html", Schema.OPTIONAL_STRING_SCHEMA)
          .field("subject", Schema.OPTIONAL_STRING_SCHEMA)
          .field("mediaUrls", TEXTS)
          .build();

  static final Schema TEMPLATE =
      struct("Template")
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("projectId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("version", Schema.OPTIONAL_STRING_SCHEMA)
          .field("locale", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema FAILURE_SOURCE =
      struct("FailureSource")
          .field("code", Schema.OPTIONAL_STRING_SCHEMA)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema FAILURE =
      struct("Failure")
          .field("code", Schema.OPTIONAL_INT64_SCHEMA)
          .field("description", Schema.OPTIONAL_STRING_SCHEMA)
          .field("source", FAILURE_SOURCE)
          .build();

  static final Schema PART =
      struct("Part").field("platformReference", Schema.OPTIONAL_STRING_SCHEMA).build();

  static final Schema ORIGIN =
      struct("Origin")
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema REPLY_TO =
      struct("ReplyTo")
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("order", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  static final Schema SHORT_LINKS =
      struct("ShortLinks").field("domain", Schema.OPTIONAL_STRING_SCHEMA).build();

  /** The value of a message event. */
  public static final Schema VALUE =
      SchemaBuilder.struct()
          .name("dev.birdconnect.source.Message")
          .version(VERSION)
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
          .field("body", BODY)
          .field("bodyJson", Schema.OPTIONAL_STRING_SCHEMA)
          .field("bodyId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("template", TEMPLATE)
          .field("templateJson", Schema.OPTIONAL_STRING_SCHEMA)
          .field("metaJson", Schema.OPTIONAL_STRING_SCHEMA)
          .field("parts", SchemaBuilder.array(PART).optional().build())
          .field("origin", ORIGIN)
          .field("replyTo", REPLY_TO)
          .field("tags", TEXTS)
          .field("tagIds", TEXTS)
          .field("shortLinks", SHORT_LINKS)
          .field("chargeableUnits", Schema.OPTIONAL_INT64_SCHEMA)
          .field("platformReferenceId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ignorePersistedEventhooks", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("createdAt", Timestamp.SCHEMA)
          .field("createdAtText", Schema.STRING_SCHEMA)
          .field("lastStatusAt", Timestamp.SCHEMA)
          .field("lastStatusAtText", Schema.STRING_SCHEMA)
          .field("updatedAt", TIME)
          .field("scheduledFor", TIME)
          .field("sendAt", TIME)
          .field("late", Schema.BOOLEAN_SCHEMA)
          .field("otherFieldsJson", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private MessageSchema() {}

  private static SchemaBuilder struct(String name) {
    return SchemaBuilder.struct()
        .name("dev.birdconnect.source." + name)
        .version(VERSION)
        .optional();
  }
}
