package dev.birdconnect.source.event;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import org.apache.kafka.connect.data.Struct;

/** Builds the value of a status event. */
final class StatusValue {

  private static final StructReader STATUS =
      CommonFields.readBy(StructReader.of(StatusSchema.VALUE))
          .field("createdAt", "messageCreatedAtText", Json::text)
          .build();

  private StatusValue() {}

  static Struct of(String eventId, MessageFacts facts, StatusSeen event) {
    Message message = facts.message();
    Struct value = new Struct(StatusSchema.VALUE);
    STATUS.readInto(value, message.resource());
    CommonFields.put(value, facts);
    return value
        .put("eventId", eventId)
        .put("messageId", message.id())
        .put("previousStatus", event.previous().map(MessageStatus::name).orElse(null))
        .put("finalStatus", message.status().isFinal())
        .put("sequence", event.sequence())
        .put("possibleRepeat", event.mayBeRepeat())
        .put("messageCreatedAt", Json.date(message.createdAt()));
  }
}
