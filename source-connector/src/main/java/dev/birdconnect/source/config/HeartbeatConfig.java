package dev.birdconnect.source.config;

import dev.birdconnect.common.config.Validators;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of heartbeats. */
final class HeartbeatConfig {

  static final String TOPIC = "heartbeat.topic";
  static final String INTERVAL = "heartbeat.interval.ms";

  private static final String HEARTBEATS = "Heartbeats";

  private HeartbeatConfig() {}

  static void define(ConfigDef definition) {
    definition.define(
        TOPIC,
        ConfigDef.Type.STRING,
        "",
        Validators.text(
            topic -> topic.isEmpty() || SourceConfig.isTopic(topic),
            "It has to be a topic's name of 1 to "
                + SourceConfig.LONGEST_TOPIC
                + " letters, digits, dots, underscores or hyphens, or empty."),
        ConfigDef.Importance.MEDIUM,
        "Topic for heartbeats; empty for none. A heartbeat tells up to which time all of a channel"
            + " is emitted, and stores that in the offsets although the channel has nothing new."
            + " With "
            + SourceConfig.START_FROM
            + "=latest the first one stores where the channel was begun.",
        HEARTBEATS,
        1,
        ConfigDef.Width.MEDIUM,
        "Heartbeat topic");
    definition.define(
        INTERVAL,
        ConfigDef.Type.LONG,
        30_000L,
        Validators.between(100, Duration.ofDays(1).toMillis()),
        ConfigDef.Importance.LOW,
        "Time from one heartbeat of a channel to the next, in milliseconds. None comes while the"
            + " channel cannot be read.",
        HEARTBEATS,
        2,
        ConfigDef.Width.SHORT,
        "Heartbeat interval (ms)");
  }

  static Optional<String> topic(AbstractConfig config) {
    return Optional.of(config.getString(TOPIC)).filter(topic -> !topic.isEmpty());
  }

  static Optional<Duration> interval(AbstractConfig config) {
    return topic(config).map(topic -> Duration.ofMillis(config.getLong(INTERVAL)));
  }
}
