package dev.birdconnect.systemtests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.quickstart.cluster.LocalBroker;
import dev.birdconnect.quickstart.cluster.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * A broker and Connect workers in processes of their own, which can be killed, stopped, halted and
 * joined by others. The consumers of a worker's tasks carry its name, so that it is known what each
 * worker owns.
 */
final class WorkerFleet implements AutoCloseable {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final Path folder;
  private final LocalBroker broker;
  private final List<Path> plugins;
  private final Map<String, String> settings;
  private final String heap;
  private final Map<String, WorkerProcess> workers = new LinkedHashMap<>();
  private int started;

  private WorkerFleet(
      Path folder,
      LocalBroker broker,
      List<Path> plugins,
      Map<String, String> settings,
      String heap) {
    this.folder = folder;
    this.broker = broker;
    this.plugins = plugins;
    this.settings = settings;
    this.heap = heap;
  }

  /**
   * Starts the broker for workers that send orders; there are no workers yet.
   *
   * @param name of the folder below {@code target} that takes the logs of the workers
   */
  static WorkerFleet start(String name) {
    return start(
        name,
        List.of(ConnectStack.folder("sink.plugin.path")),
        Map.of("value.converter", "org.apache.kafka.connect.storage.StringConverter"),
        "256m");
  }

  /**
   * Starts the broker; there are no workers yet.
   *
   * @param name of the folder below {@code target} that takes the logs of the workers
   * @param plugins folders of plugins
   * @param settings further properties of the workers
   * @param heap of each worker
   */
  static WorkerFleet start(
      String name, List<Path> plugins, Map<String, String> settings, String heap) {
    try {
      return new WorkerFleet(
          Files.createDirectories(Path.of("target", "crash", name)),
          LocalBroker.start(Files.createTempDirectory("bird-crash-")),
          plugins,
          settings,
          heap);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KafkaEnd kafka() {
    return new KafkaEnd(broker.bootstrapServers());
  }

  /** Starts one more worker and returns its name. */
  String add() {
    started++;
    String name = "worker-" + started;
    Map<String, String> properties = new HashMap<>(settings);
    properties.put("session.timeout.ms", "6000");
    properties.put("heartbeat.interval.ms", "2000");
    properties.put("consumer.client.id", name);
    workers.put(
        name,
        WorkerProcess.start(
            broker.bootstrapServers(),
            plugins,
            folder,
            name,
            properties,
            List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1")));
    return name;
  }

  int size() {
    return workers.size();
  }

  boolean allAlive() {
    return workers.values().stream().allMatch(WorkerProcess::alive);
  }

  /** Creates a connector, once a worker takes it. */
  void create(String name, Map<String, String> settings) {
    ObjectNode connector = new ObjectMapper().createObjectNode().put("name", name);
    ObjectNode config = connector.putObject("config");
    settings.forEach(config::put);
    await("the connector " + name + " is created")
        .atMost(LONG)
        .ignoreExceptions()
        .until(
            () -> {
              workers.values().iterator().next().rest().create(connector);
              return true;
            });
  }

  /** The workers whose tasks own partitions of a sink, in order of their names, once some do. */
  List<String> awaitOwners(String sink) {
    return await("some worker owns partitions")
        .atMost(LONG)
        .until(() -> owners(sink), owners -> !owners.isEmpty());
  }

  private List<String> owners(String sink) {
    Set<String> members = new TreeSet<>(kafka().owned(sink).values());
    members.retainAll(workers.keySet());
    return List.copyOf(members);
  }

  /** Waits until a worker's tasks own partitions of a sink. */
  void awaitShare(String name, String sink) {
    await(name + " owns partitions")
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> owners(sink).contains(name));
  }

  /** Kills a worker, as {@code kill -9} does. */
  void kill(String name) {
    take(name).kill();
  }

  /** Lets a worker stop in peace. */
  void stop(String name) {
    take(name).stop();
  }

  private WorkerProcess take(String name) {
    WorkerProcess worker = workers.remove(name);
    if (worker == null) {
      throw new IllegalArgumentException("There is no worker " + name + ".");
    }
    return worker;
  }

  /**
   * Halts a worker until others own all that it owned, does {@code meanwhile}, and lets it go on.
   *
   * @param meanwhile is given what the worker owned
   */
  void haltUntilReplaced(String name, String sink, Replaced meanwhile) {
    Set<TopicPartition> lost =
        kafka().owned(sink).entrySet().stream()
            .filter(owned -> owned.getValue().equals(name))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    WorkerProcess worker = workers.get(name);
    worker.halt();
    try {
      await("others own what " + name + " owned: " + lost)
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                Map<TopicPartition, String> owned = kafka().owned(sink);
                return lost.stream()
                    .allMatch(one -> owned.containsKey(one) && !owned.get(one).equals(name));
              });
      meanwhile.by(lost);
    } finally {
      worker.goOn();
    }
  }

  /** What is done while a halted worker is replaced. */
  interface Replaced {
    void by(Set<TopicPartition> lost);
  }

  /** Lets all workers stop in peace: afterwards nobody sends any more. */
  void stopAll() {
    List.copyOf(workers.keySet()).forEach(this::stop);
  }

  @Override
  public void close() {
    workers.values().forEach(WorkerProcess::close);
    broker.close();
  }
}
