package dev.birdconnect.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.quickstart.cluster.ConnectorState;
import dev.birdconnect.quickstart.cluster.LocalBroker;
import dev.birdconnect.quickstart.cluster.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A broker in this process, and a worker with packaged plugins in a process of its own. */
final class Cluster implements AutoCloseable {

  private static final Duration STARTED = Duration.ofMinutes(2);
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final Path folder;
  private final LocalBroker broker;
  private final WorkerProcess worker;
  private final Admin admin;

  private Cluster(Path folder, LocalBroker broker, WorkerProcess worker) {
    this.folder = folder;
    this.broker = broker;
    this.worker = worker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /**
   * Starts both; returns when the worker answers.
   *
   * @param pluginPath folders that hold a folder for each plugin
   * @param javaOptions options of the worker's JVM
   */
  static Cluster start(List<Path> pluginPath, List<String> javaOptions)
      throws IOException, InterruptedException {
    for (Path one : pluginPath) {
      if (!Files.isDirectory(one)) {
        throw new IOException("There is no folder " + one + ". Build it, or name another.");
      }
    }
    Path folder = Files.createTempDirectory("bird-benchmark-");
    LocalBroker broker = LocalBroker.start(Files.createDirectory(folder.resolve("broker")));
    WorkerProcess worker =
        WorkerProcess.start(
            broker.bootstrapServers(),
            pluginPath.stream().map(Path::toAbsolutePath).toList(),
            folder,
            "worker",
            Map.of(),
            javaOptions);
    Cluster cluster = new Cluster(folder, broker, worker);
    worker.rest().awaitReady(STARTED);
    return cluster;
  }

  /** Processor time that the worker has used. */
  Duration workerCpu() {
    return worker.cpu();
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Looks at and changes the broker. */
  Admin admin() {
    return admin;
  }

  /** Deletes topics. */
  void drop(Collection<String> topics) throws Exception {
    admin.deleteTopics(topics).all().get();
  }

  /** Starts a connector; returns when a task runs. */
  void deploy(String name, Map<String, String> settings) throws InterruptedException {
    ObjectNode connector = new ObjectMapper().createObjectNode().put("name", name);
    ObjectNode config = connector.putObject("config");
    settings.forEach(config::put);
    worker.rest().create(connector);
    worker.rest().awaitRunning(name, STARTED);
  }

  /**
   * Deletes a connector; returns when no task of it runs any more.
   *
   * @param tasks how many have to have run
   */
  void remove(String name, int tasks) throws InterruptedException {
    ConnectorState state = worker.rest().state(name);
    if (state.runningTasks() != tasks) {
      throw new IllegalStateException(
          state.runningTasks() + " tasks run instead of " + tasks + ". " + state.failures());
    }
    worker.rest().delete(name);
    while (worker.rest().state(name).runningTasks() > 0) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }

  /** Stops both and removes what they stored. */
  @Override
  public void close() throws IOException {
    admin.close();
    worker.kill();
    broker.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
