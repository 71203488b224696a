package dev.birdconnect.source;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.RateLimits;
import dev.birdconnect.client.http.AccessKey;
import dev.birdconnect.client.http.HttpVersion;
import dev.birdconnect.client.http.TlsSettings;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.awaitility.Awaitility;

/** A task on its own, called as a worker calls it, with its offsets stored as JSON. */
final class TaskRun implements AutoCloseable {

  static final Duration LONGEST_POLL = Duration.ofSeconds(5);

  private final Map<String, String> properties;
  private final Metrics metrics = new Metrics();
  private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
  private final List<SourceRecord> records = new ArrayList<>();
  private final JsonConverter converter = new JsonConverter();
  private BirdSourceTask task;
  private Duration longestPoll = Duration.ZERO;

  TaskRun(Map<String, String> properties) {
    this.properties = properties;
    converter.configure(Map.of("schemas.enable", "false"), false);
    task = start();
  }

  static Map<String, String> properties(Simulator simulator, String... channels) {
    Map<String, String> properties = new HashMap<>();
    properties.put("name", "events");
    properties.put("bird.api.url", simulator.url().toString());
    properties.put("bird.access.key", SimulatorSettings.DEMO_ACCESS_KEY);
    properties.put("bird.workspace.id", SimulatorSettings.DEMO_WORKSPACE_ID);
    properties.put("bird.channel.ids", String.join(",", channels));
    properties.put("topic.prefix", "bird");
    properties.put("poll.interval.ms", "100");
    properties.put("overlap.ms", "200");
    return properties;
  }

  /** A client of the simulator that waits for no budget. */
  static ChannelsClient client(Simulator simulator) {
    return new ChannelsClient(
        new TransportSettings(
            simulator.url(),
            new AccessKey(SimulatorSettings.DEMO_ACCESS_KEY),
            Duration.ofSeconds(10),
            16,
            Optional.empty(),
            TlsSettings.ofTheRuntime(),
            HttpVersion.NEGOTIATED,
            "test",
            "task-run"),
        RateLimits.readOnly(100_000),
        new VerdictRules(ConflictRule.REJECT));
  }

  private BirdSourceTask start() {
    BirdSourceTask started = new BirdSourceTask();
    started.initialize(new Context());
    started.start(properties);
    return started;
  }

  BirdSourceTask task() {
    return task;
  }

  /** One poll; what it brings is stored. */
  List<SourceRecord> poll() {
    long begin = System.nanoTime();
    List<SourceRecord> found;
    try {
      found = task.poll();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    longestPoll = took.compareTo(longestPoll) > 0 ? took : longestPoll;
    if (found == null) {
      return List.of();
    }
    for (SourceRecord record : found) {
      records.add(record);
      task.commitRecord(record, null);
      offsets.put(record.sourcePartition(), stored(record.sourceOffset()));
    }
    return found;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> stored(Map<String, ?> offset) {
    byte[] json = converter.fromConnectData("offsets", null, offset);
    return (Map<String, Object>) converter.toConnectData("offsets", json).value();
  }

  void pollUntil(BooleanSupplier condition) {
    Callable<Boolean> polled =
        () -> {
          poll();
          return condition.getAsBoolean();
        };
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(30))
        .until(polled);
  }

  void restart() {
    task.stop();
    task = start();
  }

  List<SourceRecord> records() {
    return records;
  }

  List<String> messageIds() {
    return records.stream()
        .filter(record -> record.topic().equals("bird.messages"))
        .map(record -> (String) record.key())
        .toList();
  }

  /** The statuses of every message, in the order of their records. */
  Map<String, List<String>> statuses() {
    Map<String, List<String>> statuses = new HashMap<>();
    for (SourceRecord record : records) {
      if (record.topic().equals("bird.statuses")) {
        statuses
            .computeIfAbsent((String) record.key(), absent -> new ArrayList<>())
            .add(((Struct) record.value()).getString("status"));
      }
    }
    return statuses;
  }

  /** A metric of the task as JMX shows it. */
  double metric(String name) {
    try {
      ObjectName bean =
          new ObjectName(
              "dev.birdconnect:type=source-task,connector="
                  + properties.get("name")
                  + ",task="
                  + properties.getOrDefault("task.id", "0"));
      return (double) ManagementFactory.getPlatformMBeanServer().getAttribute(bean, name);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same as the worker's plugin metrics show it. */
  double pluginMetric(String name) {
    return metrics.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(name))
        .map(metric -> (double) metric.getValue().metricValue())
        .findFirst()
        .orElseThrow();
  }

  Duration longestPoll() {
    return longestPoll;
  }

  @Override
  public void close() {
    task.stop();
  }

  private final class Context implements SourceTaskContext {

    @Override
    public PluginMetrics pluginMetrics() {
      return new PluginMetricsImpl(metrics, Map.of("connector", "events", "task", "0"));
    }

    @Override
    public Map<String, String> configs() {
      return properties;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return new OffsetStorageReader() {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
          return offsets.get(partition);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(
            Collection<Map<String, T>> partitions) {
          Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
          partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
          return found;
        }
      };
    }
  }
}
