package dev.birdconnect.systemtests;

import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.util.clusters.EmbeddedConnectCluster;

/**
 * A broker, Connect workers with the packaged plugins on their {@code plugin.path} (isolated, found
 * by the service loader), and the simulator.
 */
final class ConnectStack implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofMinutes(2);
  static final String CHANNEL = SimulatorSettings.DEMO_SMS_CHANNEL_ID;

  private final EmbeddedConnectCluster connect;
  private final Simulator simulator;
  private final KafkaProducer<byte[], byte[]> producer;

  private ConnectStack(
      EmbeddedConnectCluster connect, Simulator simulator, KafkaProducer<byte[], byte[]> producer) {
    this.connect = connect;
    this.simulator = simulator;
    this.producer = producer;
  }

  static ConnectStack start(SimulatorSettings settings) {
    return start(settings, Map.of());
  }

  static ConnectStack start(SimulatorSettings settings, Map<String, String> workerSettings) {
    Map<String, String> worker = new HashMap<>();
    worker.put("plugin.path", pluginPath());
    worker.put("plugin.discovery", "service_load");
    worker.put("offset.flush.interval.ms", "1000");
    worker.put("scheduled.rebalance.max.delay.ms", "0");
    worker.putAll(workerSettings);
    Properties broker = new Properties();
    broker.put("auto.create.topics.enable", "false");
    broker.put("transaction.state.log.replication.factor", "1");
    broker.put("transaction.state.log.min.isr", "1");
    EmbeddedConnectCluster connect =
        new EmbeddedConnectCluster.Builder()
            .name("system-tests")
            .numWorkers(1)
            .numBrokers(1)
            .brokerProps(broker)
            .workerProps(worker)
            .build();
    connect.start();
    return new ConnectStack(
        connect,
        Simulator.start(settings),
        connect.kafka().createProducer(Map.of("max.in.flight.requests.per.connection", 1)));
  }

  static String pluginPath() {
    return folder("sink.plugin.path") + "," + folder("source.plugin.path");
  }

  /** The plugins and Confluent's converter of Avro. */
  static String pluginPathWithAvro() {
    return pluginPath() + "," + folder("avro.plugin.path");
  }

  static Path folder(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
  }

  EmbeddedConnectCluster connect() {
    return connect;
  }

  Simulator simulator() {
    return simulator;
  }

  void createTopic(String topic, int partitions) {
    connect.kafka().createTopic(topic, partitions);
  }

  Future<RecordMetadata> produce(String topic, int partition, String key, String value) {
    return producer.send(
        new ProducerRecord<>(topic, partition, bytes(key), value == null ? null : bytes(value)));
  }

  Future<RecordMetadata> produce(String topic, int partition, byte[] key, byte[] value) {
    return producer.send(new ProducerRecord<>(topic, partition, key, value));
  }

  void flush() {
    producer.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Map<String, String> connectionSettings() {
    Map<String, String> config = new HashMap<>();
    config.put("tasks.max", "1");
    config.put("bird.api.url", simulator.url().toString());
    config.put("bird.access.key", SimulatorSettings.DEMO_ACCESS_KEY);
    config.put("bird.workspace.id", SimulatorSettings.DEMO_WORKSPACE_ID);
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    return config;
  }

  Map<String, String> sinkSettings(String topic) {
    Map<String, String> config = connectionSettings();
    config.put("connector.class", "dev.birdconnect.sink.BirdSinkConnector");
    config.put("topics", topic);
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("bird.channel.id", CHANNEL);
    config.put("bird.http.request.timeout.ms", "2000");
    config.put("doubt.settle.ms", "200");
    config.put("bird.rate.post.per.second", "100000");
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", SinkUnderTest.deadLetters(topic));
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    config.put("errors.deadletterqueue.context.headers.enable", "true");
    return config;
  }

  Map<String, String> sourceSettings(String prefix) {
    Map<String, String> config = connectionSettings();
    config.put("connector.class", "dev.birdconnect.source.BirdSourceConnector");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.schemas.enable", "false");
    config.put("bird.channel.ids", CHANNEL);
    config.put("topic.prefix", prefix);
    config.put("poll.interval.ms", "500");
    config.put("overlap.ms", "1000");
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "1");
    return config;
  }

  void createConnector(String name, Map<String, String> config) {
    await("connector " + name + " is taken")
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(ConnectStack::isLate)
        .until(
            () -> {
              connect.configureConnector(name, config);
              return true;
            });
    awaitState(name, "RUNNING");
  }

  /** On a busy machine validation may not get its answers within the two seconds of a call. */
  private static boolean isLate(Throwable error) {
    String message = String.valueOf(error.getMessage());
    return message.contains("did not answer within") || message.contains("no answer came");
  }

  /** Waits until the connector and all its tasks are in a state. */
  void awaitState(String name, String state) {
    await("connector " + name + " is " + state)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(
            () -> {
              ConnectorStateInfo status = connect.connectorStatus(name);
              boolean tasks = status.tasks().stream().allMatch(task -> task.state().equals(state));
              boolean some = state.equals("STOPPED") == status.tasks().isEmpty();
              return status.connector().state().equals(state) && tasks && some;
            });
  }

  /** The trace of a failed task, once it has failed. */
  String awaitTaskFailure(String name) {
    await("a task of " + name + " has failed")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> failure(name).isPresent());
    return failure(name).orElseThrow();
  }

  private Optional<String> failure(String name) {
    return connect.connectorStatus(name).tasks().stream()
        .filter(task -> task.state().equals("FAILED"))
        .map(ConnectorStateInfo.TaskState::trace)
        .findFirst();
  }

  /**
   * Everything that stands in a topic now, by partition and offset; nothing where there is none.
   */
  List<ConsumerRecord<String, String>> readAll(String topic) {
    return kafka().readAll(topic);
  }

  /** The same, as bytes. */
  List<ConsumerRecord<byte[], byte[]>> readBytes(String topic) {
    return kafka().readBytes(topic);
  }

  KafkaEnd kafka() {
    return new KafkaEnd(connect.kafka().bootstrapServers());
  }

  /** Both ends of a sink that reads {@link Orders} from a topic. */
  SinkUnderTest sink(String name, String topic) {
    return new SinkUnderTest(name, topic, kafka(), simulator);
  }

  /** How many records stand in a topic now. */
  long count(String topic) {
    return readAll(topic).size();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    connect.stop();
    simulator.close();
  }
}
