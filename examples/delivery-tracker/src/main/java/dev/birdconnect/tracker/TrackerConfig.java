package dev.birdconnect.tracker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/** The settings: a few of the program's own, all others are those of Kafka Streams. */
public final class TrackerConfig extends AbstractConfig {

  public static final String REPORTS_TOPIC = "reports.topic";
  public static final String STATUSES_TOPIC = "statuses.topic";
  public static final String DELIVERIES_TOPIC = "deliveries.topic";
  public static final String CHANNELS_TOPIC = "channels.topic";
  public static final String RETENTION_HOURS = "retention.hours";
  public static final String STORES = "stores";

  private static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              REPORTS_TOPIC,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              new ConfigDef.NonEmptyString(),
              ConfigDef.Importance.HIGH,
              "The sink's report.topic.")
          .define(
              STATUSES_TOPIC,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              new ConfigDef.NonEmptyString(),
              ConfigDef.Importance.HIGH,
              "The source's topic of statuses: its topic.prefix and .statuses.")
          .define(
              DELIVERIES_TOPIC,
              ConfigDef.Type.STRING,
              "deliveries",
              new ConfigDef.NonEmptyString(),
              ConfigDef.Importance.HIGH,
              "Where each order goes when more of it is known.")
          .define(
              CHANNELS_TOPIC,
              ConfigDef.Type.STRING,
              "delivery-times",
              new ConfigDef.NonEmptyString(),
              ConfigDef.Importance.HIGH,
              "Where the times from order to delivery go, by channel.")
          .define(
              RETENTION_HOURS,
              ConfigDef.Type.INT,
              168,
              ConfigDef.Range.between(1, 24 * 365),
              ConfigDef.Importance.MEDIUM,
              "How long an order is remembered from when the program first hears of it; longer than"
                  + " the source follows its statuses (status.max.age.ms), to which the longest"
                  + " time comes that messages are scheduled ahead.")
          .define(
              STORES,
              ConfigDef.Type.STRING,
              "rocksdb",
              ConfigDef.ValidString.in("rocksdb", "in_memory"),
              ConfigDef.Importance.LOW,
              "What state is kept in on the machine.");

  private static final Map<String, String> PRESETS =
      Map.of(
          StreamsConfig.APPLICATION_ID_CONFIG,
          "delivery-tracker",
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
          StreamsConfig.EXACTLY_ONCE_V2,
          StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
          LogAndContinueExceptionHandler.class.getName());

  private final Map<String, Object> streams;

  /**
   * @param settings the program's own and those of Kafka Streams
   * @throws org.apache.kafka.common.config.ConfigException when one of the program's own is not
   *     valid
   */
  public TrackerConfig(Map<String, String> settings) {
    super(DEFINITION, settings, false);
    Map<String, Object> all = new HashMap<>(PRESETS);
    all.putAll(settings);
    all.keySet().removeAll(DEFINITION.names());
    this.streams = Map.copyOf(all);
  }

  /** What Kafka Streams is given. */
  Map<String, Object> streams() {
    return streams;
  }

  String reportsTopic() {
    return getString(REPORTS_TOPIC);
  }

  String statusesTopic() {
    return getString(STATUSES_TOPIC);
  }

  String deliveriesTopic() {
    return getString(DELIVERIES_TOPIC);
  }

  String channelsTopic() {
    return getString(CHANNELS_TOPIC);
  }

  Duration retention() {
    return Duration.ofHours(getInt(RETENTION_HOURS));
  }

  StoreKind stores() {
    return StoreKind.valueOf(getString(STORES).toUpperCase(Locale.ROOT));
  }
}
