package dev.birdconnect.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.jspecify.annotations.Nullable;

/**
 * The whole program:
 *
 * <pre>
 * reports  ─┐
 *           ├─ by order ─ join ─┬─────────────────────────────── deliveries (one record per order)
 * statuses ─┘                   └─ delivered ─ by channel ─ times ─ channels (one per channel)
 * </pre>
 */
final class DeliveryTopology {

  static final String TIMES_STORE = "times";

  private static final Serde<String> TEXT = Serdes.String();

  private final TrackerConfig config;

  DeliveryTopology(TrackerConfig config) {
    this.config = config;
  }

  Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, Change> changes =
        observed(builder, config.reportsTopic(), Observations::ofReport)
            .merge(observed(builder, config.statusesTopic(), Observations::ofStatus))
            .repartition(
                Repartitioned.with(TEXT, new JsonSerde<>(Observation.class)).withName("by-order"))
            .process(new DeliveryJoin.Supplier(config.stores(), config.retention()));
    changes
        .mapValues(change -> TrackedOrder.of(change.after()))
        .to(config.deliveriesTopic(), Produced.with(TEXT, new JsonSerde<>(TrackedOrder.class)));
    changes
        .filter((key, change) -> change.completes())
        .flatMap((key, change) -> timeOfChannel(change.after()))
        .groupByKey(Grouped.with("by-channel", TEXT, Serdes.Long()))
        .aggregate(
            ChannelTimes::none,
            (channel, millis, times) -> recorded(times, millis),
            Materialized.<String, Histogram>as(config.stores().keyValue(TIMES_STORE))
                .withKeySerde(TEXT)
                .withValueSerde(new HistogramSerde()))
        .toStream()
        .mapValues((channel, times) -> ChannelTimes.of(channel, times))
        .to(config.channelsTopic(), Produced.with(TEXT, new JsonSerde<>(ChannelTimes.class)));
    return builder.build();
  }

  /** The observations of an input topic, by order; its own keys do not matter. */
  private static KStream<String, Observation> observed(
      StreamsBuilder builder,
      String topic,
      Function<@Nullable JsonNode, Optional<Observation>> reader) {
    return builder.stream(topic, Consumed.with(Serdes.ByteArray(), new JsonSerde<>(JsonNode.class)))
        .flatMap((key, value) -> byOrder(reader.apply(value)));
  }

  private static Collection<KeyValue<String, Observation>> byOrder(Optional<Observation> observed) {
    return observed
        .map(observation -> List.of(KeyValue.pair(observation.order().key(), observation)))
        .orElse(List.of());
  }

  private static Collection<KeyValue<String, Long>> timeOfChannel(Delivery delivery) {
    Optional<Long> millis = delivery.timeToDelivery().map(Duration::toMillis);
    return delivery
        .status()
        .flatMap(status -> millis.map(time -> List.of(KeyValue.pair(status.channelId(), time))))
        .orElse(List.of());
  }

  private static Histogram recorded(Histogram times, long millis) {
    times.recordValue(millis);
    return times;
  }
}
