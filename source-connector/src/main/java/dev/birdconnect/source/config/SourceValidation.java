package dev.birdconnect.source.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a configuration as a whole: each setting, settings together, and what the API says. */
public final class SourceValidation {

  private static final Logger LOG = LoggerFactory.getLogger(SourceValidation.class);

  private final Map<String, String> properties;
  private final Config config;
  private final Map<String, ConfigValue> values = new HashMap<>();

  /**
   * @param properties the configuration
   * @param config what is said of each setting so far
   */
  public SourceValidation(Map<String, String> properties, Config config) {
    this.properties = properties;
    this.config = config;
    config.configValues().forEach(value -> values.put(value.name(), value));
  }

  /** Adds to each setting what is wrong with it; asks the API when nothing else is wrong. */
  public Config check() {
    if (ChannelConfig.TOGETHER.stream().allMatch(this::isRight)) {
      ChannelConfig.complaints(
              (List<?>) value(ChannelConfig.IDS),
              (String) value(ChannelConfig.DISCOVERY),
              (String) value(ChannelConfig.PLATFORM_REGEX))
          .forEach(this::refuse);
    }
    if (values.keySet().stream().allMatch(this::isRight)) {
      SourceConfig checked = new SourceConfig(properties);
      warn(checked);
      LiveValidation.check(checked)
          .forEach((name, sentences) -> sentences.forEach(sentence -> error(name, sentence)));
    }
    return config;
  }

  /** A validation knows errors only, and this is none: it is said where operators look. */
  public static void warn(SourceConfig config) {
    if (config.forgetsStart()) {
      LOG.warn(
          "With start.from=latest and without heartbeat.topic, the connector {} stores where a"
              + " channel was begun with the channel's first record only. A restart before that"
              + " leaves out what was made in between. Set heartbeat.topic to have it stored at"
              + " once.",
          config.connectorName());
    }
  }

  private boolean isRight(String name) {
    ConfigValue value = values.get(name);
    return value != null && value.errorMessages().isEmpty();
  }

  private Object value(String name) {
    ConfigValue value = values.get(name);
    return value == null || value.value() == null ? "" : value.value();
  }

  private void refuse(String name, String sentence) {
    ConfigValue value = values.get(name);
    if (value != null) {
      value.addErrorMessage(new ConfigException(name, value.value(), sentence).getMessage());
    }
  }

  private void error(String name, String sentence) {
    ConfigValue value = values.get(name);
    if (value != null) {
      value.addErrorMessage(sentence);
    }
  }
}
