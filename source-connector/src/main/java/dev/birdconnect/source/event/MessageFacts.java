package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.common.reference.RecordReference;
import java.util.Optional;

/**
 * What all events of a message have in common.
 *
 * @param channel the channel of the message
 * @param message the message as it was read
 * @param send the record that our sink made the message from; empty where it was not our sink
 * @param platform the name of the platform, where the API tells it
 */
record MessageFacts(
    ChannelAddress channel,
    Message message,
    Optional<RecordReference> send,
    Optional<String> platform) {

  static MessageFacts of(ChannelAddress channel, Message message) {
    return new MessageFacts(channel, message, sendOf(message), message.platformId());
  }

  /** Whether they are of this very message: to compare two would be to compare all they hold. */
  @SuppressWarnings("ReferenceEquality")
  boolean areOf(ChannelAddress address, Message other) {
    return message == other && channel.equals(address);
  }

  /** Where the reference is the user's own, the sink writes its own into the extra information. */
  private static Optional<RecordReference> sendOf(Message message) {
    JsonNode own =
        message.resource().path("meta").path("extraInformation").path(RecordReference.FIELD);
    Optional<RecordReference> coordinates =
        own.isTextual() ? RecordReference.parse(own.textValue()) : Optional.empty();
    return coordinates.or(() -> message.reference().flatMap(RecordReference::parse));
  }
}
