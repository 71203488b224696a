package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of a channel (section 9 of the API reference). Only the five fields that the newest
 * page requires are relied on; everything the API sent, known or not, is in {@link #resource}.
 *
 * @param id the message's id
 * @param channelId the channel's id
 * @param status the present status
 * @param createdAt when the message was made, by the server's clock
 * @param lastStatusAt time of the present status; may be equal for two statuses, and may go back
 * @param scheduledFor when the message goes out, for a scheduled one
 * @param whole everything the API sent
 */
public record Message(
    String id,
    String channelId,
    MessageStatus status,
    Instant createdAt,
    Instant lastStatusAt,
    Optional<Instant> scheduledFor,
    Resource whole) {

  /** A message of which the whole answer is read. */
  public Message(
      String id,
      String channelId,
      MessageStatus status,
      Instant createdAt,
      Instant lastStatusAt,
      JsonNode resource) {
    this(
        id,
        channelId,
        status,
        createdAt,
        lastStatusAt,
        Fields.optionalTime(resource, "scheduledFor"),
        Resource.of(resource));
  }

  /**
   * Reads a message.
   *
   * @throws UnreadableResourceException when one of the five required fields is missing or wrong
   */
  public static Message of(JsonNode resource) throws UnreadableResourceException {
    Fields.object(resource, "the message");
    return new Message(
        Fields.text(resource, "id"),
        Fields.text(resource, "channelId"),
        MessageStatus.named(Fields.text(resource, "status")),
        Fields.time(resource, "createdAt"),
        Fields.time(resource, "lastStatusAt"),
        resource);
  }

  /** This message with another text of everything the API sent. */
  Message with(Resource other) {
    return new Message(id, channelId, status, createdAt, lastStatusAt, scheduledFor, other);
  }

  /** The whole answer, not to be changed. */
  public JsonNode resource() {
    return whole.tree();
  }

  /** About how many bytes the API sent of it. */
  public int bytes() {
    return whole.bytes();
  }

  /** The label given by the sender; the API writes an absent one as empty text or not at all. */
  public Optional<String> reference() {
    return Fields.nonEmptyText(resource(), "reference");
  }

  /** The cause of the status, where there is one. */
  public Optional<String> reason() {
    return Fields.nonEmptyText(resource(), "reason");
  }

  /** {@code incoming} or {@code outgoing}. */
  public Optional<String> direction() {
    return Fields.nonEmptyText(resource(), "direction");
  }

  /** Name of the platform, such as {@code sms}; newest version of the API only. */
  public Optional<String> platformId() {
    return Fields.nonEmptyText(resource(), "platformId");
  }

  /**
   * The customer on the other side: the first receiver of an outgoing message, the sender of an
   * incoming one; by Bird's id of the contact, or by its identifier where there is no id.
   */
  public Optional<String> contact() {
    JsonNode resource = resource();
    JsonNode sender = resource.path("sender").path("contact");
    JsonNode contact =
        sender.isObject() ? sender : resource.path("receiver").path("contacts").path(0);
    return Fields.nonEmptyText(contact, "id")
        .or(() -> Fields.nonEmptyText(contact, "identifierValue"));
  }

  /** Last change of the resource; not visible in the newest version of the API page. */
  public Optional<Instant> updatedAt() {
    return Fields.optionalTime(resource(), "updatedAt");
  }

  /** Id and status only: the rest may be private. */
  @Override
  public String toString() {
    return "Message[id=" + id + ", channelId=" + channelId + ", status=" + status + "]";
  }
}
