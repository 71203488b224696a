package dev.birdconnect.sink.config;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.common.config.BadConnectionException;
import dev.birdconnect.common.config.ConnectionConfig;
import dev.birdconnect.common.config.LiveCheck;
import dev.birdconnect.sink.template.MessageTemplate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Checks a configuration as a whole: what settings say against each other, and whether the API
 * agrees. The API is asked only when the settings it needs are right by themselves.
 */
public final class SinkValidation {

  private static final int CALLS_AT_ONCE = 8;
  private static final String THREAD_NAME = "bird-sink-validation";
  private static final String TOPICS = "topics";
  private static final String TRANSFORMS = "transforms";
  private static final String SESSION_TIMEOUT = "consumer.override.session.timeout.ms";

  private final Map<String, String> properties;
  private final Map<String, ConfigValue> values;

  /**
   * @param properties the configuration
   * @param fieldLevel what the definition says about each setting by itself; errors are added to it
   */
  public SinkValidation(Map<String, String> properties, Config fieldLevel) {
    this.properties = properties;
    this.values =
        fieldLevel.configValues().stream()
            .collect(
                Collectors.toMap(
                    ConfigValue::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  /** Adds what is wrong to the settings concerned. */
  public Config check() {
    checkNamespace();
    checkMapping();
    checkBackoff();
    checkReports();
    checkTopics();
    checkSession();
    checkConnection();
    return new Config(List.copyOf(values.values()));
  }

  private void checkNamespace() {
    if (right(ReferenceConfig.NAMESPACE)
        && text(ReferenceConfig.NAMESPACE).isEmpty()
        && properties.getOrDefault(SinkConfig.CONNECTOR_NAME, "").contains(":")) {
      error(ReferenceConfig.NAMESPACE, ReferenceConfig.NAMESPACE_FROM_NAME);
    }
  }

  private void checkMapping() {
    ConfigDef addresses = new ConfigDef();
    AddressConfig.define(addresses);
    checkTogether(addresses, config -> new AddressConfig(config).problems());
    ConfigDef references = new ConfigDef();
    ReferenceConfig.define(references);
    checkTogether(references, config -> new ReferenceConfig(config).problems());
    ConfigDef batches = new ConfigDef();
    BatchConfig.define(batches);
    checkTogether(batches, config -> new BatchConfig(config).problems());
    MessageConfig.define(references);
    checkTogether(
        references,
        config -> new MessageConfig(config).problems(new ReferenceConfig(config).from()));
  }

  /** Checks settings against each other that are right by themselves. */
  private void checkTogether(
      ConfigDef definition, Function<AbstractConfig, Map<String, String>> problems) {
    if (definition.names().stream().allMatch(this::right)) {
      problems.apply(new AbstractConfig(definition, properties, false)).forEach(this::error);
    }
  }

  private void checkBackoff() {
    if (right(SinkConfig.RETRY_BACKOFF_INITIAL)
        && right(SinkConfig.RETRY_BACKOFF_MAX)
        && number(SinkConfig.RETRY_BACKOFF_MAX) < number(SinkConfig.RETRY_BACKOFF_INITIAL)) {
      error(
          SinkConfig.RETRY_BACKOFF_MAX,
          "The longest wait before a retry is shorter than the first one. Set it to at least "
              + number(SinkConfig.RETRY_BACKOFF_INITIAL)
              + ", the value of "
              + SinkConfig.RETRY_BACKOFF_INITIAL
              + ".");
    }
  }

  private void checkReports() {
    if (ReportConfig.names().stream().allMatch(this::right)) {
      ReportConfig.complaints(properties).forEach(this::error);
    }
  }

  private void checkTopics() {
    Set<String> topics = topics();
    if (right(ReportConfig.TOPIC) && topics.contains(text(ReportConfig.TOPIC))) {
      error(
          ReportConfig.TOPIC,
          "The connector reads this topic, so it would send its own reports. Choose another one.");
    }
    if (AddressConfig.names().stream().allMatch(this::right)
        && properties.getOrDefault(TRANSFORMS, "").isBlank()) {
      ConfigDef definition = new ConfigDef();
      AddressConfig.define(definition);
      new AddressConfig(new AbstractConfig(definition, properties, false))
          .problemsOfTopics(topics)
          .forEach(this::error);
    }
  }

  private Set<String> topics() {
    return Arrays.stream(properties.getOrDefault(TOPICS, "").split(","))
        .map(String::strip)
        .filter(topic -> !topic.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A task that has lost its partitions without knowing sends for as long as its lease lasts. */
  private void checkSession() {
    String session = properties.getOrDefault(SESSION_TIMEOUT, "");
    if (session.matches("\\d{1,9}") && Integer.parseInt(session) <= SinkConfig.LEASE.toMillis()) {
      values
          .computeIfAbsent(
              SESSION_TIMEOUT, name -> new ConfigValue(name, session, List.of(), new ArrayList<>()))
          .addErrorMessage(
              "The session is too short: a worker that was halted may go on sending for "
                  + SinkConfig.LEASE.toMillis()
                  + " ms, when another one has its partitions. Set it to more than that.");
    }
  }

  private void checkConnection() {
    if (!SinkConfig.liveDefinition().names().stream().allMatch(this::right)) {
      return;
    }
    AbstractConfig config = new AbstractConfig(SinkConfig.liveDefinition(), properties, false);
    ConnectionConfig connection = new ConnectionConfig(config);
    try (ChannelsClient api = connection.open(CALLS_AT_ONCE, ConflictRule.REJECT, THREAD_NAME)) {
      if (connection.liveValidation()) {
        checkLive(
            new LiveCheck(api, api, connection.validationPatience()),
            connection,
            new AddressConfig(config));
      }
    } catch (BadConnectionException e) {
      e.complaints().forEach(this::error);
    }
  }

  private void checkLive(LiveCheck live, ConnectionConfig connection, AddressConfig addresses) {
    Map<ChannelAddress, String> named = addresses.named();
    Map<String, List<String>> complaints =
        named.isEmpty()
            ? live.checkWorkspace(connection.workspaceId())
            : live.check(named, needs());
    complaints.forEach((setting, sentences) -> sentences.forEach(text -> error(setting, text)));
  }

  /**
   * Lists are read to find out what was sent, unless it is sent again whatever they show. Single
   * sends are made in every mode. Media are known to come when a setting or the template says so.
   */
  private Set<LiveCheck.Need> needs() {
    Set<LiveCheck.Need> needs = EnumSet.of(LiveCheck.Need.SEND);
    if (!text(SinkConfig.DOUBT_POLICY).equals(DoubtPolicy.SEND.name().toLowerCase(Locale.ROOT))) {
      needs.add(LiveCheck.Need.LIST);
    }
    if (text(BatchConfig.SEND_MODE).equals(SendMode.BATCH.name().toLowerCase(Locale.ROOT))) {
      needs.add(LiveCheck.Need.SEND_BATCH);
    }
    if (MediaConfig.names().stream().anyMatch(properties::containsKey) || templateEmbedsMedia()) {
      needs.add(LiveCheck.Need.UPLOAD);
    }
    return needs;
  }

  private boolean templateEmbedsMedia() {
    if (!right(MessageConfig.TEMPLATE) || !right(MessageConfig.FORMAT)) {
      return false;
    }
    ConfigDef definition = new ConfigDef();
    MessageConfig.define(definition);
    return new MessageConfig(new AbstractConfig(definition, properties, false))
        .template()
        .filter(MessageTemplate::embedsMedia)
        .isPresent();
  }

  private boolean right(String setting) {
    ConfigValue value = values.get(setting);
    return value != null && value.errorMessages().isEmpty();
  }

  private String text(String setting) {
    ConfigValue value = values.get(setting);
    return value != null && value.value() instanceof String text ? text : "";
  }

  private int number(String setting) {
    ConfigValue value = values.get(setting);
    return value != null && value.value() instanceof Integer number ? number : 0;
  }

  private void error(String setting, String sentence) {
    ConfigValue value = values.get(setting);
    if (value != null) {
      value.addErrorMessage(sentence);
    }
  }
}
