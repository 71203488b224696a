package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.common.reference.RecordReference;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Fields that message events and status events share. */
final class CommonFields {

  private CommonFields() {}

  static void put(Struct value, String workspaceId, String channelId, Message message) {
    JsonNode resource = message.resource();
    value
        .put("workspaceId", workspaceId)
        .put("channelId", channelId)
        .put("platformId", Json.text(resource, "platformId"))
        .put("direction", Json.text(resource, "direction"))
        .put("status", message.status().name())
        .put("reason", Json.text(resource, "reason"))
        .put("details", Json.text(resource, "details"))
        .put("failure", failure(resource.path("failure")))
        .put("reference", Json.text(resource, "reference"))
        .put("chargeableUnits", Json.integer(resource, "chargeableUnits"))
        .put("lastStatusAt", Json.date(message.lastStatusAt()))
        .put("lastStatusAtText", resource.path("lastStatusAt").asText())
        .put("updatedAt", Json.time(resource, "updatedAt"))
        .put("scheduledFor", Json.time(resource, "scheduledFor"));
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

  private static @Nullable Struct failure(JsonNode failure) {
    if (!failure.isObject()) {
      return null;
    }
    JsonNode source = failure.path("source");
    Struct value =
        new Struct(MessageSchema.FAILURE)
            .put("code", Json.integer(failure, "code"))
            .put("description", Json.text(failure, "description"));
    if (source.isObject()) {
      value.put(
          "source",
          new Struct(MessageSchema.FAILURE_SOURCE)
              .put("code", Json.text(source, "code"))
              .put("name", Json.text(source, "name")));
    }
    return value;
  }
}
