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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker in this process, and a worker with the packaged sink in a process of its own. */
final class SinkCluster implements AutoCloseable {

  private static final int PARTITIONS = 4;
  private static final Duration STARTED = Duration.ofMinutes(2);
  private static final Duration FINISHED = Duration.ofMinutes(1);
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final Path folder;
  private final LocalBroker broker;
  private final WorkerProcess worker;

  private SinkCluster(Path folder, LocalBroker broker, WorkerProcess worker) {
    this.folder = folder;
    this.broker = broker;
    this.worker = worker;
  }

  /**
   * Starts both; returns when the worker answers.
   *
   * @param pluginPath folder that holds the sink's plugin folder
   * @param javaOptions options of the worker's JVM
   */
  static SinkCluster start(Path pluginPath, List<String> javaOptions)
      throws IOException, InterruptedException {
    if (!Files.isDirectory(pluginPath)) {
      throw new IOException("There is no folder " + pluginPath + ". Build it, or name another.");
    }
    Path folder = Files.createTempDirectory("bird-benchmark-");
    LocalBroker broker = LocalBroker.start(Files.createDirectory(folder.resolve("broker")));
    WorkerProcess worker =
        WorkerProcess.start(
            broker.bootstrapServers(),
            List.of(pluginPath.toAbsolutePath()),
            folder,
            "worker",
            Map.of(),
            javaOptions);
    SinkCluster cluster = new SinkCluster(folder, broker, worker);
    worker.rest().awaitReady(STARTED);
    return cluster;
  }

  /** Processor time that the worker has used. */
  Duration workerCpu() {
    return worker.cpu();
  }

  /** Makes a topic of {@link Load}. */
  void produce(String topic, int records, int keys) throws Exception {
    // One request at a time: the leader of a new partition may refuse the first batch and take the
    // second, and then refuses the first for ever as out of sequence.
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "linger.ms",
            20,
            "batch.size",
            100_000,
            "max.in.flight.requests.per.connection",
            1);
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    }
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        var unused =
            producer.send(new ProducerRecord<>(topic, Load.key(i, keys), Load.value(i, keys)));
      }
    }
  }

  /**
   * Waits until every record of a topic is finished and committed by the connector of its name.
   *
   * @throws IllegalStateException when that takes more than a minute
   */
  void awaitFinished(String topic) throws Exception {
    long start = System.nanoTime();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Map<TopicPartition, Long> ends = ends(admin, topic);
      Map<TopicPartition, Long> committed = committed(admin, topic);
      while (!committed.equals(ends)) {
        if (System.nanoTime() - start > FINISHED.toNanos()) {
          throw new IllegalStateException(
              "The sink has committed " + committed + " of the records up to " + ends + ".");
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        committed = committed(admin, topic);
      }
    }
  }

  private static Map<TopicPartition, Long> ends(Admin admin, String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private static Map<TopicPartition, Long> committed(Admin admin, String name) throws Exception {
    Map<TopicPartition, Long> committed = new HashMap<>();
    admin
        .listConsumerGroupOffsets("connect-" + name)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach((partition, offset) -> committed.put(partition, offset.offset()));
    return committed;
  }

  /** Deletes a topic. */
  void drop(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  /**
   * Settings of a sink with no limit of its own that reads a topic of {@link Load}.
   *
   * @param url the API
   * @param workspace the workspace
   * @param channel the channel
   */
  static Map<String, String> sink(
      String topic, String url, String workspace, String channel, int tasks, int inFlight) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "dev.birdconnect.sink.BirdSinkConnector");
    settings.put("tasks.max", Integer.toString(tasks));
    settings.put("topics", topic);
    settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.put("value.converter.schemas.enable", "false");
    settings.put("bird.api.url", url);
    settings.put("bird.access.key", "key");
    settings.put("bird.validate.live", "false");
    settings.put("bird.http.request.timeout.ms", "5000");
    settings.put("doubt.settle.ms", "0");
    settings.put("bird.workspace.id", workspace);
    settings.put("bird.channel.id", channel);
    settings.put("bird.rate.post.per.second", "100000");
    settings.put("max.in.flight", Integer.toString(inFlight));
    return settings;
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
    worker.kill();
    broker.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
