package dev.birdconnect.simulator.life;

import java.util.Optional;

/** Where the life of an outgoing message ends, with the reason and failure the API then shows. */
public enum Outcome {
  /** The platform confirms delivery. */
  DELIVERED(MessageStatus.DELIVERED, "", ""),
  /** The platform never reports back: {@code sent} stays the last status. */
  SENT_ONLY(MessageStatus.SENT, "", ""),
  /** Refused by the checks after the message was taken in; code 11002, invalid input. */
  REJECTED(MessageStatus.REJECTED, "the message did not pass the checks", "invalid_input"),
  /** Refused because the channel cannot do what is asked of it; code 11001. */
  MISCONFIGURED(
      MessageStatus.REJECTED,
      "the channel does not support the message",
      "invalid_channel_configuration"),
  /** Could not be handed to the platform; code 15005. */
  SENDING_FAILED(MessageStatus.SENDING_FAILED, "the number is not in use", "unknown_subscriber"),
  /** Handed over, then reported as failed by the platform; code 15005. */
  DELIVERY_FAILED(
      MessageStatus.DELIVERY_FAILED,
      "the platform could not deliver the message",
      "absent_subscriber"),
  /** The platform had no room at any of the tries; a code of the range of platforms, 15XXX. */
  GIVEN_UP(
      MessageStatus.SENDING_FAILED, "the platform took no more messages", "throughput_exceeded"),
  /** Left out on purpose. */
  SKIPPED(MessageStatus.SKIPPED, "the message was left out", "");

  private final MessageStatus status;
  private final String reason;
  private final String details;

  Outcome(MessageStatus status, String reason, String details) {
    this.status = status;
    this.reason = reason;
    this.details = details;
  }

  /** The last status. */
  public MessageStatus status() {
    return status;
  }

  /** Whether the message gets as far as the platform. */
  boolean isHandedOver() {
    return this != REJECTED && this != SKIPPED;
  }

  Step stepAt(long atMillis) {
    return new Step(status, atMillis, reason, details, failure());
  }

  private Optional<Failure> failure() {
    return switch (this) {
      case DELIVERED, SENT_ONLY, SKIPPED -> Optional.empty();
      case REJECTED -> Optional.of(new Failure(11002, "invalid input", "2", "pre-processing"));
      case GIVEN_UP ->
          Optional.of(new Failure(15000, "rate of the platform exceeded", "429", "platform"));
      case MISCONFIGURED ->
          Optional.of(new Failure(11001, "invalid channel configuration", "1", "pre-processing"));
      case SENDING_FAILED ->
          Optional.of(new Failure(15005, "receiver cannot be reached", "1", "platform"));
      case DELIVERY_FAILED ->
          Optional.of(new Failure(15005, "receiver cannot be reached", "27", "platform"));
    };
  }
}
