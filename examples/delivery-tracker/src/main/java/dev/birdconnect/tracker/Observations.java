package dev.birdconnect.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.tracker.Observation.Reported;
import dev.birdconnect.tracker.Observation.StatusSeen;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads reports and statuses as the connectors write them with {@code JsonConverter} and {@code
 * schemas.enable=false}. What is no report or status of an order gives nothing.
 */
final class Observations {

  private Observations() {}

  /** A record of the sink's {@code report.topic}. */
  static Optional<Observation> ofReport(@Nullable JsonNode value) {
    if (value == null) {
      return Optional.empty();
    }
    Optional<OrderRecord> order = order(value, "namespace", "topic", "partition", "offset");
    Optional<String> verdict = text(value, "verdict");
    if (order.isEmpty() || verdict.isEmpty()) {
      return Optional.empty();
    }
    boolean accepted = verdict.get().equals(Reported.ACCEPTED);
    return Optional.of(
        new Reported(
            order.get(),
            verdict.get(),
            text(value, "messageId"),
            text(value, "reason"),
            time(value, "recordTimestamp").or(() -> time(value, "firstAttemptAt")),
            accepted ? time(value, "finishedAt") : Optional.empty()));
  }

  /** A record of the source's topic {@code <prefix>.statuses}. */
  static Optional<Observation> ofStatus(@Nullable JsonNode value) {
    if (value == null) {
      return Optional.empty();
    }
    Optional<OrderRecord> order =
        order(
            value, "referenceNamespace", "referenceTopic", "referencePartition", "referenceOffset");
    Optional<String> eventId = text(value, "eventId");
    Optional<String> messageId = text(value, "messageId");
    Optional<String> channelId = text(value, "channelId");
    Optional<String> status = text(value, "status");
    Optional<Instant> at = time(value, "lastStatusAt");
    if (order.isEmpty()
        || eventId.isEmpty()
        || messageId.isEmpty()
        || channelId.isEmpty()
        || status.isEmpty()
        || at.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StatusSeen(
            order.get(), eventId.get(), messageId.get(), channelId.get(), status.get(), at.get()));
  }

  private static Optional<OrderRecord> order(
      JsonNode value, String namespace, String topic, String partition, String offset) {
    Optional<String> namespaceText = text(value, namespace);
    Optional<String> topicText = text(value, topic);
    JsonNode number = value.path(partition);
    JsonNode position = value.path(offset);
    boolean complete =
        namespaceText.isPresent()
            && topicText.isPresent()
            && number.canConvertToInt()
            && position.canConvertToLong();
    return complete
        ? Optional.of(
            new OrderRecord(
                namespaceText.get(), topicText.get(), number.intValue(), position.longValue()))
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode value, String field) {
    return Optional.ofNullable(value.path(field).textValue());
  }

  /** A time of Kafka or the API; Kafka writes -1 where a record has none. */
  private static Optional<Instant> time(JsonNode value, String field) {
    JsonNode millis = value.path(field);
    return millis.canConvertToLong() && millis.longValue() >= 0
        ? Optional.of(Instant.ofEpochMilli(millis.longValue()))
        : Optional.empty();
  }
}
