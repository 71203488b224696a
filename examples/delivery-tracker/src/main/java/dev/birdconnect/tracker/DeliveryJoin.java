package dev.birdconnect.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Brings together what is observed of an order, and forwards what that changes. Orders are kept in
 * a window store, at the time at which they were first heard of: it forgets old ones by whole
 * segments, so that the state stays bounded without a search. That time is the machine's, not the
 * records': history is read faster than it was made, and its partitions are not read in step.
 */
final class DeliveryJoin extends ContextualProcessor<String, Observation, String, Change> {

  static final String STORE = "orders";

  /** Kafka's copy of the store is deleted by the same time as the store: when it was written. */
  private static final Map<String, String> CHANGELOG =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);

  private final Duration retention;

  private DeliveryJoin(Duration retention) {
    this.retention = retention;
  }

  /**
   * Makes the processor and its store.
   *
   * @param kind what the store is kept in
   * @param retention how long an order is remembered
   */
  record Supplier(StoreKind kind, Duration retention)
      implements ProcessorSupplier<String, Observation, String, Change> {

    @Override
    public Processor<String, Observation, String, Change> get() {
      return new DeliveryJoin(retention);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Stores.windowStoreBuilder(
                  kind.window(STORE, retention), Serdes.String(), new JsonSerde<>(Delivery.class))
              .withLoggingEnabled(CHANGELOG));
    }
  }

  @Override
  public void process(Record<String, Observation> record) {
    WindowStore<String, Delivery> orders = context().getStateStore(STORE);
    Observation observation = record.value();
    long firstHeardAt = context().currentSystemTimeMs();
    Delivery before = Delivery.unknown(observation.order());
    Instant now = Instant.ofEpochMilli(firstHeardAt);
    try (WindowStoreIterator<Delivery> known =
        orders.fetch(record.key(), now.minus(retention), now.plus(retention))) {
      if (known.hasNext()) {
        KeyValue<Long, Delivery> found = known.next();
        firstHeardAt = found.key;
        before = found.value;
      }
    }
    Delivery after = before.with(observation);
    if (!after.equals(before)) {
      orders.put(record.key(), after, firstHeardAt);
      context().forward(record.withValue(new Change(before, after)));
    }
  }
}
