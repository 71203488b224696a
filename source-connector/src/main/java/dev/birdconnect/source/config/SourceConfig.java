package dev.birdconnect.source.config;

import dev.birdconnect.common.config.ConnectionConfig;
import dev.birdconnect.common.config.Validators;
import dev.birdconnect.source.event.EventSettings;
import dev.birdconnect.source.interaction.InteractionSettings;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.reading.ReadSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the source connector. */
public final class SourceConfig extends AbstractConfig {

  /** The task's number in the configuration of a task. */
  public static final String TASK_ID = "task.id";

  public static final String TOPIC_PREFIX = "topic.prefix";
  public static final String START_FROM = "start.from";
  public static final String POLL_INTERVAL = "poll.interval.ms";
  public static final String OVERLAP = "overlap.ms";
  public static final String LOOK_BACK = "look.back.ms";
  public static final String STATUS_MAX_AGE = "status.max.age.ms";
  public static final String PAGE_SIZE = "page.size";

  private static final int GET_PER_SECOND = 40;
  private static final int MOST_KEPT = 10_000;
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long MOST_BYTES = 32 * MEBIBYTE;

  /** Room for a page of a thousand short messages, so that many channels cost no more reads. */
  private static final long LEAST_BYTES = 2 * MEBIBYTE;

  static final int LONGEST_TOPIC = 249;
  private static final int LONGEST_SUFFIX = ".interactions".length();
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]+");
  private static final String CHANNELS = "Channels and topics";
  private static final String READING = "Reading";

  /** The definition, that of the connection included. */
  public static final ConfigDef DEFINITION = definition();

  private final ConnectionConfig connection;
  private final ChannelConfig channels;

  /**
   * @param properties the connector's or task's configuration
   * @throws org.apache.kafka.common.config.ConfigException when a setting is not valid
   */
  public SourceConfig(Map<String, String> properties) {
    super(DEFINITION, properties, false);
    this.connection = new ConnectionConfig(this);
    this.channels = new ChannelConfig(this);
    channels
        .complaints()
        .forEach(
            (setting, sentence) -> {
              throw new ConfigException(setting, values().get(setting), sentence);
            });
  }

  private static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    ConnectionConfig.define(definition, GET_PER_SECOND, Optional.empty());
    ChannelConfig.define(definition, CHANNELS);
    definition.define(
        TOPIC_PREFIX,
        ConfigDef.Type.STRING,
        ConfigDef.NO_DEFAULT_VALUE,
        Validators.text(
            SourceConfig::isTopicPrefix,
            "It has to be 1 to "
                + (LONGEST_TOPIC - LONGEST_SUFFIX)
                + " letters, digits, dots, underscores or hyphens."),
        ConfigDef.Importance.HIGH,
        "What the names of the topics begin with: messages go to <prefix>.messages, their statuses"
            + " to <prefix>.statuses, interactions to <prefix>.interactions.",
        CHANNELS,
        5,
        ConfigDef.Width.MEDIUM,
        "Topic prefix");
    definition.define(
        START_FROM,
        ConfigDef.Type.STRING,
        StartText.EARLIEST,
        Validators.text(StartText::isStart, StartText.VALID),
        ConfigDef.Importance.HIGH,
        "Where a channel is begun of which no offsets are stored: earliest, with its oldest"
            + " message; latest, with the first message made after the connector has reached the"
            + " API; or a time such as 2031-03-01T13:00:00Z, with the first message made at or"
            + " after it. With latest and without heartbeat.topic a position is stored with a"
            + " channel's first record only: a restart before that begins at its own present, and"
            + " what was made in between is left out.",
        READING,
        1,
        ConfigDef.Width.MEDIUM,
        "Start from");
    definition.define(
        POLL_INTERVAL,
        ConfigDef.Type.LONG,
        5_000L,
        Validators.between(100, 86_400_000),
        ConfigDef.Importance.MEDIUM,
        "Time from the begin of one reading of a channel's youngest messages to the next, in"
            + " milliseconds. Every reading takes at least one read of the budget.",
        READING,
        2,
        ConfigDef.Width.SHORT,
        "Poll interval (ms)");
    definition.define(
        OVERLAP,
        ConfigDef.Type.LONG,
        5_000L,
        Validators.between(0, 600_000),
        ConfigDef.Importance.MEDIUM,
        "How old a message is, by the server's clock and in milliseconds, before it is emitted, so"
            + " that one that shows up in the list a little late keeps its place. It adds to the"
            + " time from a message to its record.",
        READING,
        3,
        ConfigDef.Width.SHORT,
        "Overlap (ms)");
    definition.define(
        LOOK_BACK,
        ConfigDef.Type.LONG,
        Duration.ofHours(1).toMillis(),
        Validators.between(0, Duration.ofDays(1).toMillis()),
        ConfigDef.Importance.LOW,
        "How long a message stays remembered after its creation although its status is final, in"
            + " milliseconds. Within that time a status after a final one is emitted, and a message"
            + " that shows up in the list later than the overlap is told from one that was emitted."
            + " About the latest "
            + Shards.COUNT * Shards.LATEST
            + " messages of a channel are remembered at most.",
        READING,
        4,
        ConfigDef.Width.SHORT,
        "Look-back (ms)");
    definition.define(
        STATUS_MAX_AGE,
        ConfigDef.Type.LONG,
        Duration.ofDays(3).toMillis(),
        Validators.between(0, Duration.ofDays(90).toMillis()),
        ConfigDef.Importance.MEDIUM,
        "How long the statuses of a message are followed, in milliseconds from the later of its"
            + " creation and the time it is scheduled for. The default, three days, is twice the"
            + " 36 hours a message stays valid by default, so that the last receipts are still"
            + " seen.",
        READING,
        5,
        ConfigDef.Width.MEDIUM,
        "Status age (ms)");
    definition.define(
        PAGE_SIZE,
        ConfigDef.Type.INT,
        1_000,
        Validators.between(1, 1_000),
        ConfigDef.Importance.LOW,
        "Messages to ask for in one read of a list. Large pages spare the budget, small ones"
            + " memory and traffic. Fewer are asked for where a page is too long, too slow or more"
            + " than the task may keep.",
        READING,
        6,
        ConfigDef.Width.SHORT,
        "Page size");
    EventConfig.define(definition);
    InteractionConfig.define(definition);
    HeartbeatConfig.define(definition);
    return definition;
  }

  static boolean isTopic(String text) {
    return TOPIC.matcher(text).matches() && text.length() <= LONGEST_TOPIC;
  }

  private static boolean isTopicPrefix(String text) {
    return isTopic(text) && text.length() <= LONGEST_TOPIC - LONGEST_SUFFIX;
  }

  /** The connection's part. */
  public ConnectionConfig connection() {
    return connection;
  }

  /** Which channels are read. */
  public ChannelConfig channels() {
    return channels;
  }

  /** The channels that are listed: those of a task, always. */
  public List<String> channelIds() {
    return channels.ids();
  }

  /** The connector's name. */
  public String connectorName() {
    return originalsStrings().getOrDefault("name", "bird-source");
  }

  /** The task's number. */
  public String taskId() {
    return originalsStrings().getOrDefault(TASK_ID, "0");
  }

  /** Where heartbeats go; empty for none. */
  public Optional<String> heartbeatTopic() {
    return HeartbeatConfig.topic(this);
  }

  /**
   * Whether a restart may leave messages out: nothing stores where a channel was begun before its
   * first record.
   */
  public boolean forgetsStart() {
    return getString(START_FROM).equals(StartText.LATEST) && heartbeatTopic().isEmpty();
  }

  /** What the names of the topics begin with. */
  public String topicPrefix() {
    return getString(TOPIC_PREFIX);
  }

  /** What records look like. */
  public EventSettings eventSettings() {
    return EventConfig.read(this);
  }

  /** How interactions are read; empty when they are not. */
  public Optional<InteractionSettings> interactionSettings() {
    return InteractionConfig.read(this, readSettings().pollInterval());
  }

  /** How the channels are read. Those of a task share what it may keep in memory. */
  public ReadSettings readSettings() {
    return new ReadSettings(
        StartText.parse(getString(START_FROM)),
        getInt(PAGE_SIZE),
        Duration.ofMillis(getLong(POLL_INTERVAL)),
        Duration.ofMillis(getLong(OVERLAP)),
        Duration.ofMillis(getLong(LOOK_BACK)),
        Duration.ofMillis(getLong(STATUS_MAX_AGE)),
        HeartbeatConfig.interval(this),
        MOST_KEPT,
        Math.max(LEAST_BYTES, MOST_BYTES / Math.max(1, channelIds().size())));
  }
}
