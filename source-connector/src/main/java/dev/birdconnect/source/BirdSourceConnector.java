package dev.birdconnect.source;

import dev.birdconnect.common.config.ConnectionConfig;
import dev.birdconnect.common.config.PluginVersion;
import dev.birdconnect.source.config.LiveValidation;
import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.position.OffsetCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.util.ConnectorUtils;

/**
 * Reads the messages of Bird channels and every change of their status. The channels are spread
 * over the tasks.
 */
public final class BirdSourceConnector extends SourceConnector {

  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public ConfigDef config() {
    return SourceConfig.DEFINITION;
  }

  /** Checks every setting and, with {@link ConnectionConfig#LIVE_VALIDATION}, asks the API. */
  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    Config config = super.validate(connectorConfigs);
    if (config.configValues().stream().allMatch(value -> value.errorMessages().isEmpty())) {
      LiveValidation.check(new SourceConfig(connectorConfigs))
          .forEach(
              (setting, complaints) ->
                  config.configValues().stream()
                      .filter(value -> value.name().equals(setting))
                      .forEach(value -> complaints.forEach(value::addErrorMessage)));
    }
    return config;
  }

  /**
   * Supported: every record holds the state of its shard after it, messages and their statuses
   * alike, so what is stored together with the records is all that a restart needs. See the
   * description of the source's guarantees for what a channel with very many open messages means.
   */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  /**
   * Checks the offsets that are to be set; null deletes one, whatever it is of.
   *
   * @throws ConnectException when a task could not start from them; says which and why
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    SourceConfig config = new SourceConfig(connectorConfig);
    OffsetCheck check = new OffsetCheck(config.connection().workspaceId(), config.channelIds());
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            check(check, partition, offset);
          }
        });
    return true;
  }

  private static void check(OffsetCheck check, Map<String, ?> partition, Map<String, ?> offset) {
    try {
      check.check(partition, offset);
    } catch (IllegalArgumentException e) {
      throw new ConnectException(e.getMessage(), e);
    }
  }

  @Override
  public void start(Map<String, String> props) {
    new SourceConfig(props);
    properties = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return BirdSourceTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<String> channels = new SourceConfig(properties).channelIds();
    List<Map<String, String>> configs = new ArrayList<>();
    for (List<String> group :
        ConnectorUtils.groupPartitions(channels, Math.min(maxTasks, channels.size()))) {
      Map<String, String> config = new HashMap<>(properties);
      config.put(SourceConfig.CHANNEL_IDS, String.join(",", group));
      configs.add(config);
    }
    return configs;
  }

  @Override
  public void stop() {
    properties = Map.of();
  }
}
