package dev.birdconnect.quickstart;

import dev.birdconnect.quickstart.cluster.ConnectRest;
import dev.birdconnect.quickstart.cluster.ConnectorFile;
import dev.birdconnect.quickstart.cluster.LocalBroker;
import dev.birdconnect.quickstart.cluster.LocalWorker;
import dev.birdconnect.quickstart.flow.FlowTopics;
import dev.birdconnect.quickstart.flow.SimulatedBird;
import dev.birdconnect.tracker.DeliveryTracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Broker, simulator, worker with both connectors, and delivery tracker of one run. */
final class LocalStack implements AutoCloseable {

  private static final int PARTITIONS = 3;
  private static final short REPLICAS = 1;
  private static final String REPORTS_SUFFIX = ".reports";
  private static final String DELIVERY_TIMES = "delivery-times";
  private static final Duration TASKS_START = Duration.ofSeconds(20);
  private static final List<String> PLUGIN_MODULES = List.of("sink-connector", "source-connector");

  private final Resources resources;
  private final LocalBroker broker;
  private final SimulatedBird bird;
  private final LocalWorker worker;
  private final ConnectRest rest;
  private final ConnectorFile sink;
  private final ConnectorFile source;
  private Optional<DeliveryTracker> tracker = Optional.empty();

  private LocalStack(
      Resources resources,
      LocalBroker broker,
      SimulatedBird bird,
      LocalWorker worker,
      ConnectorFile sink,
      ConnectorFile source) {
    this.resources = resources;
    this.broker = broker;
    this.bird = bird;
    this.worker = worker;
    this.rest = new ConnectRest(worker.restUrl());
    this.sink = sink;
    this.source = source;
  }

  /**
   * Starts all of it; returns when both connectors have a running task.
   *
   * @param settings of this run
   * @param steps told of each part that has started, in a line
   * @throws IllegalStateException when a plugin has not been built, or a connector does not start
   */
  static LocalStack start(Settings settings, Steps steps) throws InterruptedException {
    List<Path> plugins = pluginPath(settings.home());
    Path config = settings.home().resolve("config");
    Resources resources = new Resources();
    try {
      WorkFolder folder = resources.add(WorkFolder.create());
      LocalBroker broker = resources.add(LocalBroker.start(folder.folder("kafka-log")));
      steps.done("Kafka broker", broker.bootstrapServers());
      SimulatedBird bird = resources.add(SimulatedBird.start(settings.latency(), settings.seed()));
      steps.done("Channels API simulator", bird.url().toString());
      LocalWorker worker =
          resources.add(
              LocalWorker.start(
                  broker.bootstrapServers(), plugins, workerProperties(folder.path())));
      steps.done("Connect worker", worker.restUrl().toString());
      Path birdProperties = folder.properties("bird.properties", bird.properties());
      LocalStack stack =
          new LocalStack(
              resources,
              broker,
              bird,
              worker,
              reporting(
                  quick(
                      ConnectorFile.read(config.resolve("bird-sink.json"))
                          .withBirdProperties(birdProperties)),
                  broker.bootstrapServers()),
              ConnectorFile.read(config.resolve("bird-source.json"))
                  .withBirdProperties(birdProperties));
      stack.createTopics();
      stack.startTracker(folder.folder("delivery-tracker"));
      steps.done("Delivery tracker", DELIVERY_TIMES);
      stack.createConnectors();
      steps.done("Connectors", stack.sink.name() + ", " + stack.source.name());
      return stack;
    } catch (RuntimeException | InterruptedException e) {
      resources.close();
      throw e;
    }
  }

  /** Host and port of the broker. */
  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** The simulator. */
  SimulatedBird bird() {
    return bird;
  }

  /** Root of the worker's REST API. */
  String restUrl() {
    return worker.restUrl().toString();
  }

  /** Names of the connectors. */
  List<String> connectors() {
    return List.of(sink.name(), source.name());
  }

  /** The topics that the connectors' files name. */
  FlowTopics topics() {
    String prefix = source.setting("topic.prefix");
    return new FlowTopics(
        sink.setting("topics"),
        sink.setting("errors.deadletterqueue.topic.name"),
        prefix + ".messages",
        prefix + ".statuses",
        sink.setting("report.topic"),
        DELIVERY_TIMES);
  }

  /** A sentence for each connector and task that has failed, and for the tracker. */
  List<String> failures() throws InterruptedException {
    List<String> failures = new ArrayList<>();
    for (String connector : connectors()) {
      failures.addAll(rest.state(connector).failures());
    }
    if (tracker.filter(DeliveryTracker::hasFailed).isPresent()) {
      failures.add("The delivery tracker has stopped.");
    }
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    resources.close();
  }

  private static List<Path> pluginPath(Path home) {
    List<Path> folders = new ArrayList<>();
    for (String module : PLUGIN_MODULES) {
      Path folder = home.resolve(module).resolve("target/plugin-path").toAbsolutePath().normalize();
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException(
            "The plugin folder "
                + folder
                + " is missing: build it with ./mvnw package, or start with ./quickstart.sh,"
                + " which does so.");
      }
      folders.add(folder);
    }
    return List.copyOf(folders);
  }

  private static Map<String, String> workerProperties(Path secrets) {
    return Map.of(
        "config.providers", "file",
        "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider",
        "config.providers.file.param.allowed.paths", secrets.toString());
  }

  /**
   * Before its first send a task waits for as long as calls of an earlier one could last; the
   * simulator answers at once, so that may be shorter here.
   */
  private static ConnectorFile quick(ConnectorFile sink) {
    return sink.with("bird.http.request.timeout.ms", "2000").with("doubt.settle.ms", "500");
  }

  /** The tracker joins reports and statuses by the records that both name. */
  private static ConnectorFile reporting(ConnectorFile sink, String bootstrapServers) {
    return sink.with("report.topic", sink.setting("topics") + REPORTS_SUFFIX)
        .with("report.producer.bootstrap.servers", bootstrapServers);
  }

  /** The statuses are there before the source, so that the tracker need not wait for them. */
  private void createTopics() throws InterruptedException {
    List<NewTopic> wanted =
        Stream.of(topics().orders(), topics().reports(), topics().statuses())
            .map(name -> new NewTopic(name, PARTITIONS, REPLICAS))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin.createTopics(wanted).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topics of the run could not be created.", e);
    }
  }

  private void startTracker(Path folder) throws InterruptedException {
    Map<String, String> settings =
        Map.of(
            "bootstrap.servers", bootstrapServers(),
            "state.dir", folder.toString(),
            "stores", "in_memory",
            "reports.topic", topics().reports(),
            "statuses.topic", topics().statuses(),
            "channels.topic", DELIVERY_TIMES);
    tracker = Optional.of(resources.add(DeliveryTracker.start(settings)));
  }

  private void createConnectors() throws InterruptedException {
    for (ConnectorFile connector : List.of(sink, source)) {
      rest.create(connector.json());
    }
    for (String connector : connectors()) {
      rest.awaitRunning(connector, TASKS_START);
    }
  }
}
