package dev.birdconnect.source.event;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/** The schema of the status topic. */
public final class StatusSchema {

  /** The value of a status event. Since version 2: possibleRepeat. */
  public static final Schema VALUE =
      SchemaBuilder.struct()
          .name("dev.birdconnect.source.MessageStatus")
          .version(2)
          .doc("A status of a message, as far as reading it again and again can show.")
          .field("eventId", Schema.STRING_SCHEMA)
          .field("messageId", Schema.STRING_SCHEMA)
          .field("workspaceId", Schema.STRING_SCHEMA)
          .field("channelId", Schema.STRING_SCHEMA)
          .field("platformId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("direction", Schema.OPTIONAL_STRING_SCHEMA)
          .field("reference", Schema.OPTIONAL_STRING_SCHEMA)
          .field("referenceNamespace", Schema.OPTIONAL_STRING_SCHEMA)
          .field("referenceTopic", Schema.OPTIONAL_STRING_SCHEMA)
          .field("referencePartition", Schema.OPTIONAL_INT32_SCHEMA)
          .field("referenceOffset", Schema.OPTIONAL_INT64_SCHEMA)
          .field("previousStatus", Schema.OPTIONAL_STRING_SCHEMA)
          .field("status", Schema.STRING_SCHEMA)
          .field("finalStatus", Schema.BOOLEAN_SCHEMA)
          .field("sequence", Schema.INT32_SCHEMA)
          .field("reason", Schema.OPTIONAL_STRING_SCHEMA)
          .field("details", Schema.OPTIONAL_STRING_SCHEMA)
          .field("failure", MessageSchema.FAILURE)
          .field("chargeableUnits", Schema.OPTIONAL_INT64_SCHEMA)
          .field("lastStatusAt", Timestamp.SCHEMA)
          .field("lastStatusAtText", Schema.STRING_SCHEMA)
          .field("messageCreatedAt", Timestamp.SCHEMA)
          .field("messageCreatedAtText", Schema.STRING_SCHEMA)
          .field("updatedAt", Schemas.TIME)
          .field("scheduledFor", Schemas.TIME)
          .field("possibleRepeat", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .build();

  private StatusSchema() {}
}
