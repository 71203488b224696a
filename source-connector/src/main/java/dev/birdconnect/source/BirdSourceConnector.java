package dev.birdconnect.source;

import dev.birdconnect.common.config.GivenSettings;
import dev.birdconnect.common.config.PluginVersion;
import dev.birdconnect.source.config.ChannelConfig;
import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.config.SourceValidation;
import dev.birdconnect.source.position.OffsetCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private volatile Map<String, String> properties = Map.of();
  private volatile Optional<DiscoveredChannels> discovered = Optional.empty();

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public ConfigDef config() {
    return SourceConfig.DEFINITION;
  }

  /**
   * Checks every setting and, with {@link
   * dev.birdconnect.common.config.ConnectionConfig#LIVE_VALIDATION}, asks the API.
   */
  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    Map<String, String> given = GivenSettings.of(connectorConfigs);
    return new SourceValidation(given, super.validate(given)).check();
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
   * Checks the offsets that are to be set; null deletes one, whatever it is of. Channels that are
   * discovered are asked for now.
   *
   * @throws ConnectException when a task could not start from them; says which and why
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    if (offsets.values().stream().allMatch(offset -> offset == null)) {
      return true;
    }
    SourceConfig config = new SourceConfig(GivenSettings.of(connectorConfig));
    OffsetCheck check =
        new OffsetCheck(config.connection().workspaceId(), DiscoveredChannels.ofNow(config));
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
    Map<String, String> given = GivenSettings.of(props);
    SourceConfig config = new SourceConfig(given);
    SourceValidation.warn(config);
    properties = Map.copyOf(given);
    if (config.channels().discovered()) {
      discovered =
          Optional.of(
              DiscoveredChannels.start(config, () -> context().requestTaskReconfiguration()));
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return BirdSourceTask.class;
  }

  /**
   * Spreads the channels over tasks.
   *
   * @throws ConnectException when channels are to be discovered and the API has named none yet, so
   *     that the worker keeps the tasks it has and asks again
   */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    Map<String, String> connector = properties;
    List<String> channels =
        discovered.isPresent() ? discovered.get().ids() : new SourceConfig(connector).channelIds();
    List<Map<String, String>> configs = new ArrayList<>();
    for (List<String> group :
        ConnectorUtils.groupPartitions(channels, Math.min(maxTasks, channels.size()))) {
      Map<String, String> config = ChannelConfig.ofTask(connector, group);
      config.put(SourceConfig.TASK_ID, Integer.toString(configs.size()));
      configs.add(config);
    }
    return configs;
  }

  @Override
  public void stop() {
    discovered.ifPresent(DiscoveredChannels::close);
    discovered = Optional.empty();
    properties = Map.of();
  }
}
