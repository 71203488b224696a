package dev.birdconnect.sink.config;

import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.common.config.BadConnectionException;
import dev.birdconnect.common.config.ConnectionConfig;
import dev.birdconnect.common.config.LiveCheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String THREAD_NAME = "bird-sink-validation";

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

  private void checkConnection() {
    if (!SinkConfig.liveDefinition().names().stream().allMatch(this::right)) {
      return;
    }
    AbstractConfig config = new AbstractConfig(SinkConfig.liveDefinition(), properties, false);
    ConnectionConfig connection = new ConnectionConfig(config);
    try (ChannelsApi api = connection.open(1, ConflictRule.REJECT, THREAD_NAME)) {
      if (connection.liveValidation()) {
        checkLive(new LiveCheck(api, PATIENCE), connection, new AddressConfig(config));
      }
    } catch (BadConnectionException e) {
      e.complaints().forEach(this::error);
    }
  }

  private void checkLive(LiveCheck live, ConnectionConfig connection, AddressConfig addresses) {
    Map<ChannelAddress, String> named = addresses.named();
    Map<String, List<String>> complaints =
        named.isEmpty() ? live.checkWorkspace(connection.workspaceId()) : live.check(named);
    complaints.forEach((setting, sentences) -> sentences.forEach(text -> error(setting, text)));
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
