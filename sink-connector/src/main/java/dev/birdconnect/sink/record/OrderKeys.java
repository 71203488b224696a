package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.config.OrderBy;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** The key that puts sends one after another. Keys with equal content are equal objects. */
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
      case KEY -> record.key() == null ? Optional.empty() : Optional.of(byContent(record));
      case RECEIVER -> receiver(request);
      case PARTITION -> Optional.of(partition(record));
      case NONE -> Optional.empty();
    };
  }

  /**
   * Keys by what they hold: arrays are equal only to themselves, and a map that holds itself has no
   * hash. A key that has no form in JSON is ordered with its partition.
   */
  private static Object byContent(SinkRecord record) {
    Object key = record.key();
    if (key instanceof String || key instanceof Number || key instanceof Boolean) {
      return key;
    }
    if (key instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    if (key instanceof ByteBuffer buffer) {
      return buffer.slice();
    }
    try {
      return ValueTree.part(key, record.keySchema(), "key");
    } catch (UnfitRecordException e) {
      return partition(record);
    }
  }

  private static PartitionKey partition(SinkRecord record) {
    return new PartitionKey(record.originalTopic(), record.originalKafkaPartition());
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
