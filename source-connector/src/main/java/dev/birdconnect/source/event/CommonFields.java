package dev.birdconnect.source.event;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.common.reference.RecordReference;
import org.apache.kafka.connect.data.Struct;

/** Fields that message events and status events share. */
final class CommonFields {

  private static final StructReader FAILURE_SOURCE =
      StructReader.of(MessageSchema.FAILURE_SOURCE).texts("code", "name").build();

  private static final StructReader FAILURE =
      StructReader.of(MessageSchema.FAILURE)
          .field("code", Json::integer)
          .texts("description")
          .object("source", FAILURE_SOURCE)
          .build();

  private CommonFields() {}

  /** What of them is read from the message's resource. */
  static StructReader.Builder readBy(StructReader.Builder reader) {
    return reader
        .texts("platformId", "direction", "reason", "details", "reference")
        .object("failure", FAILURE)
        .field("chargeableUnits", Json::integer)
        .field("lastStatusAt", "lastStatusAtText", Json::text)
        .field("updatedAt", Json::time)
        .field("scheduledFor", Json::time);
  }

  /** The others. */
  static void put(Struct value, MessageFacts facts) {
    Message message = facts.message();
    value
        .put("workspaceId", facts.channel().workspaceId())
        .put("channelId", facts.channel().channelId())
        .put("status", message.status().name())
        .put("lastStatusAt", Json.date(message.lastStatusAt()));
    facts.send().ifPresent(reference -> put(value, reference));
  }

  private static void put(Struct value, RecordReference reference) {
    value
        .put("referenceNamespace", reference.namespace())
        .put("referenceTopic", reference.topic())
        .put("referencePartition", reference.partition())
        .put("referenceOffset", reference.offset());
  }
}
