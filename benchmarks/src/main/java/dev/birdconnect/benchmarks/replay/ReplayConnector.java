package dev.birdconnect.benchmarks.replay;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Hands out finished records from memory: what worker, converter and producer can do when the
 * source costs nothing.
 */
public final class ReplayConnector extends SourceConnector {

  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return "0";
  }

  @Override
  public ConfigDef config() {
    return ReplayTask.DEFINITION;
  }

  @Override
  public void start(Map<String, String> props) {
    properties = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return ReplayTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(properties);
  }

  @Override
  public void stop() {
    properties = Map.of();
  }
}
