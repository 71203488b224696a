package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.config.OrderBy;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The key that puts sends one after another. Equal keys are equal objects; bytes by content. */
public final class OrderKeys {

  private final OrderBy orderBy;

  private record PartitionKey(String topic, int partition) {}

  private record ReceiverKey(String identifier) {}

  /**
   * @param orderBy what the key is taken from
   */
  public OrderKeys(OrderBy orderBy) {
    this.orderBy = orderBy;
  }

  /** The key; empty where the send has no order. */
  public Optional<Object> of(SinkRecord record, SendRequest request) {
    return switch (orderBy) {
      case KEY -> Optional.ofNullable(byContent(record.key()));
      case RECEIVER -> receiver(request);
      case PARTITION ->
          Optional.of(new PartitionKey(record.originalTopic(), record.originalKafkaPartition()));
      case NONE -> Optional.empty();
    };
  }

  private static @Nullable Object byContent(@Nullable Object key) {
    return key instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : key;
  }

  private static Optional<Object> receiver(SendRequest request) {
    JsonNode contact = request.tree().path("receiver").path("contacts").path(0);
    JsonNode identifier =
        contact.has("identifierValue") ? contact.get("identifierValue") : contact.path("id");
    return identifier.isTextual()
        ? Optional.of(new ReceiverKey(identifier.textValue()))
        : Optional.empty();
  }
}
