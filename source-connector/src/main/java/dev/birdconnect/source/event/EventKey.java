package dev.birdconnect.source.event;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.source.interaction.FollowedMessage;

/**
 * What a record has as its key. All records of a message have the same one, so that they keep their
 * order in a topic of several partitions; where a message has none, it is the message's id.
 */
public enum EventKey {
  /** The message's id. */
  MESSAGE,
  /**
   * The customer: the first receiver of an outgoing message, the sender of an incoming one; Bird's
   * id of the contact, or its identifier where there is no id.
   */
  CONTACT,
  /** The message's reference. */
  REFERENCE,
  /** The channel's id. */
  CHANNEL;

  String of(String channelId, Message message) {
    return switch (this) {
      case MESSAGE -> message.id();
      case CONTACT -> message.contact().orElse(message.id());
      case REFERENCE -> message.reference().orElse(message.id());
      case CHANNEL -> channelId;
    };
  }

  String of(String channelId, FollowedMessage message) {
    return switch (this) {
      case MESSAGE -> message.id();
      case CONTACT -> message.contact().orElse(message.id());
      case REFERENCE -> message.reference().orElse(message.id());
      case CHANNEL -> channelId;
    };
  }
}
