package dev.birdconnect.sink.config;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.common.config.Choices;
import dev.birdconnect.common.config.ConnectionConfig;
import dev.birdconnect.common.config.Validators;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The sink's settings. */
public final class SinkConfig {

  public static final String MAX_IN_FLIGHT = "max.in.flight";
  public static final String ORDER_BY = "order.by";
  public static final String NULL_VALUES = "behavior.on.null.values";
  public static final String CONFLICT = "behavior.on.conflict";
  public static final String DOUBT_POLICY = "doubt.policy";
  public static final String DOUBT_SETTLE = "doubt.settle.ms";
  public static final String DOUBT_MAX_PAGES = "doubt.max.pages";
  public static final String DOUBT_TIMESTAMP_SLACK = "doubt.timestamp.slack.ms";
  public static final String RETRY_BACKOFF_INITIAL = "retry.backoff.initial.ms";
  public static final String RETRY_BACKOFF_MAX = "retry.backoff.max.ms";

  /** Connect's own setting that carries the connector's name. */
  public static final String CONNECTOR_NAME = "name";

  /** The number of a task, given to it by the connector; not a setting of the user. */
  public static final String TASK_ID = "task.id";

  /**
   * How long a task that is not called any more may go on sending. The consumer's session has to be
   * longer: before it ends, nobody else gets the partitions.
   */
  public static final Duration LEASE = Duration.ofSeconds(10);

  private static final String DELIVERY = "Delivery";
  private static final String DOUBTS = "Doubts";
  private static final String ERRORS = "Errors";
  private static final int GET_PER_SECOND = 10;
  private static final int POST_PER_SECOND = 500;
  private static final int LONGEST_BACKOFF = 600_000;
  private static final int LONGEST_SETTLE = 600_000;
  private static final int MOST_PAGES = 1_000_000;

  private final AbstractConfig config;
  private final ConnectionConfig connection;
  private final String connectorName;
  private final String taskId;

  /**
   * Reads the settings.
   *
   * @throws ConfigException when one is missing or wrong
   */
  public SinkConfig(Map<String, String> properties) {
    this.config = new AbstractConfig(definition(), properties, false);
    this.connection = new ConnectionConfig(config);
    this.connectorName = properties.getOrDefault(CONNECTOR_NAME, "");
    this.taskId = properties.getOrDefault(TASK_ID, "0");
    Map<String, String> problems = new LinkedHashMap<>(addresses().problems());
    problems.putAll(references().problems());
    problems.putAll(batches().problems());
    problems.putAll(messages().problems(references().from()));
    problems.forEach(
        (setting, sentence) -> {
          throw new ConfigException(setting + ": " + sentence);
        });
    if (referenceNamespace().isEmpty() || referenceNamespace().contains(":")) {
      throw new ConfigException(
          ReferenceConfig.NAMESPACE, references().namespace(), ReferenceConfig.NAMESPACE_FROM_NAME);
    }
  }

  /** The definition of every setting. */
  public static ConfigDef definition() {
    ConfigDef definition = liveDefinition();
    MessageConfig.define(definition);
    MediaConfig.define(definition);
    ReferenceConfig.define(definition);
    defineDelivery(definition);
    BatchConfig.define(definition);
    defineDoubts(definition);
    defineErrors(definition);
    ReportConfig.define(definition);
    return definition;
  }

  /** The part of the definition that the check against the API needs. */
  static ConfigDef liveDefinition() {
    ConfigDef definition = new ConfigDef();
    ConnectionConfig.define(definition, GET_PER_SECOND, Optional.of(POST_PER_SECOND));
    AddressConfig.define(definition);
    return definition;
  }

  private static void defineDelivery(ConfigDef definition) {
    definition.define(
        MAX_IN_FLIGHT,
        ConfigDef.Type.INT,
        256,
        Validators.between(1, 4096),
        ConfigDef.Importance.MEDIUM,
        "Most requests with sends that a task has under way at the same time: sends, or batches"
            + " with send.mode=batch. It takes about the rate wanted, times the API's response time in"
            + " seconds.",
        DELIVERY,
        1,
        ConfigDef.Width.SHORT,
        "Requests in flight");
    choice(
        definition,
        ORDER_BY,
        OrderBy.class,
        OrderBy.KEY,
        "What sends have in common that are made one after another, across retries. key: the"
            + " record's key, where it has one. receiver: the identifier (or id) of the first"
            + " contact. partition: the record's partition. none: no order.",
        DELIVERY,
        2,
        "Order");
    definition.define(
        RETRY_BACKOFF_INITIAL,
        ConfigDef.Type.INT,
        100,
        Validators.between(1, LONGEST_BACKOFF),
        ConfigDef.Importance.LOW,
        "Upper bound of the wait before the first retry of a send, in milliseconds, counted from the"
            + " end of its attempt. It doubles with each failure of the send, but not after 429,"
            + " where the rate sets the pace; the wait is drawn between 0 and the bound. Retries"
            + " never end.",
        DELIVERY,
        3,
        ConfigDef.Width.SHORT,
        "First retry (ms)");
    definition.define(
        RETRY_BACKOFF_MAX,
        ConfigDef.Type.INT,
        30_000,
        Validators.between(1, LONGEST_BACKOFF),
        ConfigDef.Importance.LOW,
        "Largest upper bound of the wait before a retry, in milliseconds.",
        DELIVERY,
        4,
        ConfigDef.Width.SHORT,
        "Longest retry wait (ms)");
  }

  private static void defineDoubts(ConfigDef definition) {
    choice(
        definition,
        DOUBT_POLICY,
        DoubtPolicy.class,
        DoubtPolicy.REPORT,
        "What happens to a record of which the list of the channel does not tell whether it was sent:"
            + " the list is longer than doubt.max.pages, or shows another record with the same topic,"
            + " partition and offset. report: it goes to the errant-record reporter (dead letter"
            + " queue) with the reason unknown outcome. send: it is sent, perhaps a second time."
            + " fail: the task fails.",
        DOUBTS,
        1,
        "Doubt that remains");
    definition.define(
        DOUBT_SETTLE,
        ConfigDef.Type.INT,
        5_000,
        Validators.between(0, LONGEST_SETTLE),
        ConfigDef.Importance.MEDIUM,
        "How long to wait, in milliseconds, until every message that was made is in the channel's"
            + " list. A send whose answer was lost is looked up after this time. After the"
            + " assignment of a partition nothing of it is sent for this time plus"
            + " bird.http.request.timeout.ms, as calls of the task that had it before may still be"
            + " under way.",
        DOUBTS,
        2,
        ConfigDef.Width.SHORT,
        "Settle time (ms)");
    definition.define(
        DOUBT_MAX_PAGES,
        ConfigDef.Type.INT,
        20_000,
        Validators.between(1, MOST_PAGES),
        ConfigDef.Importance.LOW,
        "Most pages of 1,000 messages that are read to find out what was sent. Usually it takes a few:"
            + " reading ends at the first attempt of a lost send, or about 10,000 messages of the"
            + " partition below its committed offset.",
        DOUBTS,
        3,
        ConfigDef.Width.SHORT,
        "Most pages");
    definition.define(
        DOUBT_TIMESTAMP_SLACK,
        ConfigDef.Type.LONG,
        3_600_000L,
        Validators.between(-1, Long.MAX_VALUE / 1_000_000),
        ConfigDef.Importance.LOW,
        "How far the timestamp that a producer gave a record may be ahead of the time when the broker"
            + " took the record in, in milliseconds: the brokers' log.message.timestamp.after.max.ms"
            + " (an hour by default from Kafka 4.0 on). The list is not read further back than the"
            + " first record's timestamp less this time. -1: timestamps of producers are not relied"
            + " on. Timestamps given by the broker (LogAppendTime) need no slack.",
        DOUBTS,
        4,
        ConfigDef.Width.SHORT,
        "Timestamps ahead (ms)");
  }

  private static void defineErrors(ConfigDef definition) {
    choice(
        definition,
        NULL_VALUES,
        NullValues.class,
        NullValues.IGNORE,
        "What happens to a record without a value. ignore: nothing is sent for it. report: it goes"
            + " to the errant-record reporter (dead letter queue). fail: the task fails.",
        ERRORS,
        1,
        "Records without a value");
    choice(
        definition,
        CONFLICT,
        ConflictRule.class,
        ConflictRule.REJECT,
        "What happens to a send that the API answers 409. reject: its record goes to the"
            + " errant-record reporter (dead letter queue). retry: it is sent again. fail: the task"
            + " fails.",
        ERRORS,
        2,
        "Conflicts");
  }

  private static <E extends Enum<E>> void choice(
      ConfigDef definition,
      String name,
      Class<E> type,
      E preset,
      String doc,
      String group,
      int order,
      String display) {
    definition.define(
        name,
        ConfigDef.Type.STRING,
        preset.name().toLowerCase(Locale.ROOT),
        Validators.oneOf(type),
        ConfigDef.Importance.MEDIUM,
        doc,
        group,
        order,
        ConfigDef.Width.SHORT,
        display,
        List.of(),
        Choices.of(type));
  }

  /** The connection to Bird. */
  public ConnectionConfig connection() {
    return connection;
  }

  /** How a record becomes a request. */
  public MessageConfig messages() {
    return new MessageConfig(config);
  }

  /** How media in records are uploaded. */
  public MediaConfig media() {
    return new MediaConfig(config);
  }

  /** Through which workspace and channel a record goes. */
  public AddressConfig addresses() {
    return new AddressConfig(config);
  }

  /** What reference a message carries. */
  public ReferenceConfig references() {
    return new ReferenceConfig(config);
  }

  /** How sends share requests. */
  public BatchConfig batches() {
    return new BatchConfig(config);
  }

  /** Most requests with sends at the same time. */
  public int maxInFlight() {
    return config.getInt(MAX_IN_FLIGHT);
  }

  /** What keeps sends one after another. */
  public OrderBy orderBy() {
    return choice(OrderBy.class, ORDER_BY);
  }

  /** The namespace of references: the setting, or the connector's name. */
  public String referenceNamespace() {
    String setting = references().namespace();
    return setting.isEmpty() ? connectorName : setting;
  }

  /** What happens to tombstones. */
  public NullValues nullValues() {
    return choice(NullValues.class, NULL_VALUES);
  }

  /** What 409 means. */
  public ConflictRule conflictRule() {
    return choice(ConflictRule.class, CONFLICT);
  }

  /** What happens to a doubt that remains. */
  public DoubtPolicy doubtPolicy() {
    return choice(DoubtPolicy.class, DOUBT_POLICY);
  }

  /** Time after which every message that was made is in the list. */
  public Duration doubtSettle() {
    return Duration.ofMillis(config.getInt(DOUBT_SETTLE));
  }

  /** Most pages that are read to find out what was sent. */
  public int doubtMaxPages() {
    return config.getInt(DOUBT_MAX_PAGES);
  }

  /** How far producers' timestamps may be ahead; empty when they are not relied on. */
  public Optional<Duration> doubtTimestampSlack() {
    long slack = config.getLong(DOUBT_TIMESTAMP_SLACK);
    return slack < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(slack));
  }

  /** Upper bound of the wait before the first retry. */
  public Duration retryBackoffInitial() {
    return Duration.ofMillis(config.getInt(RETRY_BACKOFF_INITIAL));
  }

  /** Largest upper bound of the wait before a retry. */
  public Duration retryBackoffMax() {
    return Duration.ofMillis(config.getInt(RETRY_BACKOFF_MAX));
  }

  /** The topic that gets a report on every send; empty for no reports. */
  public Optional<ReportConfig> reports() {
    return ReportConfig.of(config);
  }

  /** The connector's name. */
  public String connectorName() {
    return connectorName;
  }

  /** The task's number. */
  public String taskId() {
    return taskId;
  }

  /** Connector and task, for the names of threads. */
  public String taskName() {
    return connectorName + "-" + taskId;
  }

  private <E extends Enum<E>> E choice(Class<E> type, String name) {
    return Validators.parse(type, config.getString(name));
  }

  /** Settings without secrets, for the log. */
  @Override
  public String toString() {
    return "channels "
        + addresses().named().keySet().stream().map(ChannelAddress::channelId).toList()
        + " (chosen by "
        + config.getString("bird.channel.by")
        + ") of workspace "
        + connection.workspaceId()
        + ", at most "
        + maxInFlight()
        + (batches().batches() ? " batches" : " sends")
        + " in flight, ordered by "
        + config.getString(ORDER_BY)
        + ", references in namespace "
        + referenceNamespace();
  }
}
