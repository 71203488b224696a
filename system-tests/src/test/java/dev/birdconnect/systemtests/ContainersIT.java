package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.quickstart.cluster.ConnectRest;
import dev.birdconnect.quickstart.cluster.LocalWorker;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Records through both plugins over a broker in a container. */
class ContainersIT {

  private static final int RECORDS = 500;

  @Test
  void takesRecordsThroughBothPlugins() throws Exception {
    assumeThat(DockerClientFactory.instance().isDockerAvailable())
        .as("No container engine runs here, so the broker in a container is left out.")
        .isTrue();
    DockerImageName image =
        DockerImageName.parse(System.getProperty("kafka.image"))
            .asCompatibleSubstituteFor("apache/kafka");
    try (KafkaContainer broker = new KafkaContainer(image);
        Simulator simulator = Simulator.start(SimulatorSettings.demo())) {
      broker.start();
      try (LocalWorker worker =
          LocalWorker.start(
              broker.getBootstrapServers(),
              List.of(
                  ConnectStack.folder("sink.plugin.path"),
                  ConnectStack.folder("source.plugin.path")),
              Map.of("offset.flush.interval.ms", "1000"))) {
        ConnectRest rest = new ConnectRest(worker.restUrl());
        produce(broker.getBootstrapServers());
        rest.create(
            connector(
                simulator,
                "bird-sink",
                Map.of(
                    "connector.class",
                    "dev.birdconnect.sink.BirdSinkConnector",
                    "topics",
                    "orders",
                    "value.converter",
                    "org.apache.kafka.connect.storage.StringConverter",
                    "bird.channel.id",
                    ConnectStack.CHANNEL)));
        rest.create(
            connector(
                simulator,
                "bird-source",
                Map.of(
                    "connector.class",
                    "dev.birdconnect.source.BirdSourceConnector",
                    "bird.channel.ids",
                    ConnectStack.CHANNEL,
                    "topic.prefix",
                    "bird",
                    "poll.interval.ms",
                    "500",
                    "topic.creation.default.partitions",
                    "1",
                    "topic.creation.default.replication.factor",
                    "1")));

        Set<String> seen = messagesSeen(broker.getBootstrapServers());

        assertThat(simulator.madeByReference()).hasSize(RECORDS);
        assertThat(simulator.madeByReference().values()).containsOnly(1);
        assertThat(seen)
            .isEqualTo(
                simulator.messages().stream().map(MadeMessage::id).collect(Collectors.toSet()));
      }
    }
  }

  private static ObjectNode connector(
      Simulator simulator, String name, Map<String, String> settings) {
    ObjectNode connector = new ObjectMapper().createObjectNode().put("name", name);
    ObjectNode config = connector.putObject("config");
    settings.forEach(config::put);
    config
        .put("tasks.max", "1")
        .put("bird.api.url", simulator.url().toString())
        .put("bird.access.key", SimulatorSettings.DEMO_ACCESS_KEY)
        .put("bird.workspace.id", SimulatorSettings.DEMO_WORKSPACE_ID);
    return connector;
  }

  private static void produce(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", "1");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>("orders", Orders.key(i % 50), Orders.good(i, i % 50)));
      }
    }
  }

  private static Set<String> messagesSeen(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("group.id", "containers-test");
    settings.put("auto.offset.reset", "earliest");
    settings.put("metadata.max.age.ms", "1000");
    Set<String> seen = new HashSet<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("bird.messages"));
      await("all messages are on their topic")
          .pollInSameThread()
          .atMost(ConnectStack.PATIENCE)
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(event -> assertThat(seen.add(event.key())).as("seen once").isTrue());
                return seen.size() == RECORDS;
              });
    }
    return seen;
  }
}
