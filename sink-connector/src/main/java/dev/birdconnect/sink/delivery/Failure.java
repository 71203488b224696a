package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.sink.position.RecordPosition;
import java.util.Optional;

/**
 * Why the task has to stop.
 *
 * @param sentence what happened, where, and what to do
 * @param cause the exception behind it, where there is one
 */
public record Failure(String sentence, Optional<Throwable> cause) {

  static Failure denied(Send<?> send, String reason) {
    return new Failure(
        "The record at "
            + send.position()
            + " (reference "
            + send.reference()
            + ") was not sent, and nothing more can be: "
            + reason
            + ". Check the access key and its rights, the ids of workspace and channel, and the"
            + " account's balance; then restart the task, which goes on with this record.",
        Optional.empty());
  }

  static Failure inDoubt(Send<?> send, String reason) {
    RecordPosition position = send.position();
    return new Failure(
        "It is not known whether a message was made for the record at "
            + position
            + " (reference "
            + send.reference()
            + "): "
            + reason
            + ". Look for this text in the fields reference and meta.extraInformation.kafkaRecord of"
            + " the messages of channel "
            + send.address().channelId()
            + ". If it is not there, set doubt.policy=send until the record is sent. If it is there,"
            + " stop the connector and set its offset for topic "
            + position.partition().topic()
            + ", partition "
            + position.partition().number()
            + " to "
            + (position.offset() + 1)
            + " before starting it again, or the message is made twice.",
        Optional.empty());
  }

  static Failure listNotReadable(ChannelAddress address, String reason) {
    return new Failure(
        "The messages of channel "
            + address.channelId()
            + " cannot be listed, so it cannot be found out what has been sent before: "
            + reason
            + ". Give the access key the right to list the messages of the channel, or set"
            + " doubt.policy=send to send without knowing; then restart the task.",
        Optional.empty());
  }

  static Failure unexpected(Throwable cause) {
    return new Failure(
        "Delivery ended with an error of its own ("
            + cause.getClass().getSimpleName()
            + "). Restart the task; records that were not finished are taken up again.",
        Optional.of(cause));
  }
}
