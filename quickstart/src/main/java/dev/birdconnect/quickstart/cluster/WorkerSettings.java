package dev.birdconnect.quickstart.cluster;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a distributed worker for one small cluster is set to. */
final class WorkerSettings {

  private WorkerSettings() {}

  /**
   * The worker's properties.
   *
   * @param bootstrapServers the brokers
   * @param port of the REST API, on the loopback interface
   * @param pluginPath folders that hold one folder per plugin
   * @param properties further ones; they win over those set here
   */
  static Map<String, String> of(
      String bootstrapServers, int port, List<Path> pluginPath, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", bootstrapServers);
    all.put("group.id", "bird-connect");
    all.put("listeners", "http://localhost:" + port);
    all.put("rest.advertised.host.name", "localhost");
    all.put(
        "plugin.path", pluginPath.stream().map(Path::toString).collect(Collectors.joining(",")));
    all.put("plugin.discovery", "service_load");
    all.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    all.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    for (String store : List.of("config", "offset", "status")) {
      all.put(store + ".storage.topic", "connect-" + store + "s");
      all.put(store + ".storage.replication.factor", "1");
    }
    all.put("offset.storage.partitions", "1");
    all.put("status.storage.partitions", "1");
    // A small cluster gains nothing by waiting for a lost worker to come back.
    all.put("scheduled.rebalance.max.delay.ms", "0");
    all.putAll(properties);
    return Map.copyOf(all);
  }
}
