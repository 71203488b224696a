package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.common.reference.RecordReference;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/** Fields that message events and status events share. */
final class CommonFields {

  private static final StructReader FAILURE_SOURCE =
      StructReader.of(MessageSchema.FAILURE_SOURCE).texts("code", "name").build();

  private static final StructReader FAILURE =
      StructReader.of(MessageSchema.FAILURE)
          .field("code", Json::integer)
          .texts("description")
          .field("source", FAILURE_SOURCE::read)
          .build();

  private CommonFields() {}

  /** What of them is read from the message's resource. */
  static StructReader.Builder readBy(StructReader.Builder reader) {
    return reader
        .texts("platformId", "direction", "reason", "details", "reference")
        .field("failure", FAILURE::read)
        .field("chargeableUnits", Json::integer)
        .field("lastStatusAt", "lastStatusAtText", Json::text)
        .field("updatedAt", Json::time)
        .field("scheduledFor", Json::time);
  }

  /** The others. */
  static void put(Struct value, String workspaceId, String channelId, Message message) {
    value
        .put("workspaceId", workspaceId)
        .put("channelId", channelId)
        .put("status", message.status().name())
        .put("lastStatusAt", Json.date(message.lastStatusAt()));
    sendOf(message).ifPresent(reference -> put(value, reference));
  }

  /**
   * The record that a message of our sink was made from. Where the reference is the user's own, the
   * sink writes it into the message's extra information.
   */
  private static Optional<RecordReference> sendOf(Message message) {
    JsonNode own =
        message.resource().path("meta").path("extraInformation").path(RecordReference.FIELD);
    Optional<RecordReference> coordinates =
        own.isTextual() ? RecordReference.parse(own.textValue()) : Optional.empty();
    return coordinates.or(() -> message.reference().flatMap(RecordReference::parse));
  }

  private static void put(Struct value, RecordReference reference) {
    value
        .put("referenceNamespace", reference.namespace())
        .put("referenceTopic", reference.topic())
        .put("referencePartition", reference.partition())
        .put("referenceOffset", reference.offset());
  }
}
