package dev.birdconnect.sink;

import dev.birdconnect.common.config.GivenSettings;
import dev.birdconnect.common.config.PluginVersion;
import dev.birdconnect.sink.config.SinkConfig;
import dev.birdconnect.sink.config.SinkValidation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Sends Kafka records as messages through the Bird Channels API; named in configurations. */
public final class BirdSinkConnector extends SinkConnector {

  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public ConfigDef config() {
    return SinkConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    Map<String, String> given = GivenSettings.of(connectorConfigs);
    return new SinkValidation(given, super.validate(given)).check();
  }

  @Override
  public void start(Map<String, String> props) {
    properties = GivenSettings.of(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return BirdSinkTask.class;
  }

  /** Every task gets the connector's settings, its name among them, and its own number. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return IntStream.range(0, maxTasks).mapToObj(this::taskConfig).toList();
  }

  private Map<String, String> taskConfig(int task) {
    Map<String, String> config = new HashMap<>(properties);
    config.put(SinkConfig.TASK_ID, Integer.toString(task));
    return config;
  }

  @Override
  public void stop() {
    properties = Map.of();
  }
}
