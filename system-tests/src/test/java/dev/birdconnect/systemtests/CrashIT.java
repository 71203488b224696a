package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.quickstart.cluster.LocalBroker;
import dev.birdconnect.quickstart.cluster.WorkerProcess;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Workers that are killed, stopped, added and halted at random moments while the sink sends. The
 * number of cycles is the system property {@code crash.cycles}, the seed {@code crash.seed}.
 */
class CrashIT {

  private static final int CYCLES = Integer.getInteger("crash.cycles", 2);
  private static final long SEED = Long.getLong("crash.seed", 1);
  private static final int RECORDS_PER_CYCLE = 2_500;
  private static final int CUSTOMERS = 400;
  private static final int PARTITIONS = 4;
  private static final String ORDERS = "orders";
  private static final String SINK = "bird-sink";
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Random random = new Random(SEED);
  private Path folder;
  private LocalBroker broker;
  private Simulator simulator;
  private int records;
  private int started;
  private final List<WorkerProcess> workers = new ArrayList<>();

  @BeforeEach
  void start(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    folder = Files.createDirectories(Path.of("target", "crash", name));
    broker = LocalBroker.start(Files.createTempDirectory("bird-crash-"));
    simulator = Simulator.start(SimulatorSettings.demo());
    simulator.inject(
        FaultRule.latency(Duration.ofMillis(20), Duration.ofMillis(200)).onMethod("POST"));
  }

  @AfterEach
  void stop() {
    workers.forEach(WorkerProcess::close);
    simulator.close();
    broker.close();
  }

  @Test
  void aWorkerThatIsKilledAgainAndAgainSendsEachRecordOnce() throws Exception {
    produce(CYCLES * RECORDS_PER_CYCLE);
    workers.add(worker());
    createSink(1, "6000");
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      awaitSending();
      await().pollDelay(Duration.ofMillis(500 + random.nextInt(3_000))).until(() -> true);
      int made = simulator.size();
      workers.remove(0).kill();
      report(cycle, "killed", made);
      workers.add(worker());
    }
    checkMessages();
  }

  @Test
  void workersThatComeAndGoSendEachRecordOnce() throws Exception {
    produce(CYCLES * RECORDS_PER_CYCLE);
    workers.add(worker());
    workers.add(worker());
    createSink(2, "12000");
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      awaitSending();
      await().pollDelay(Duration.ofMillis(random.nextInt(2_000))).until(() -> true);
      disturb(cycle);
    }
    checkMessages();
  }

  private void disturb(int cycle) {
    int made = simulator.size();
    int victim = random.nextInt(workers.size());
    switch (cycle % 4) {
      case 0 -> {
        WorkerProcess halted = workers.get(victim);
        halted.halt();
        await()
            .pollDelay(Duration.ofSeconds(16 + random.nextInt(4)))
            .atMost(Duration.ofMinutes(1))
            .until(() -> true);
        halted.goOn();
        report(cycle, "halted for longer than its session", made);
      }
      case 1 -> {
        workers.remove(victim).kill();
        workers.add(worker());
        report(cycle, "killed and replaced", made);
      }
      case 2 -> {
        workers.remove(victim).stop();
        report(cycle, "stopped", made);
      }
      default -> {
        workers.add(worker());
        report(cycle, "one more", made);
      }
    }
  }

  private void report(int cycle, String what, int made) {
    System.out.printf(
        "cycle %d: a worker %s after %d messages, %d workers%n", cycle, what, made, workers.size());
  }

  private WorkerProcess worker() {
    started++;
    return WorkerProcess.start(
        broker.bootstrapServers(),
        List.of(ConnectStack.folder("sink.plugin.path")),
        folder,
        "worker-" + started,
        Map.of(
            "value.converter",
            "org.apache.kafka.connect.storage.StringConverter",
            "session.timeout.ms",
            "6000",
            "heartbeat.interval.ms",
            "2000"),
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
  }

  private void createSink(int tasks, String sessionMillis) {
    ObjectNode connector = new ObjectMapper().createObjectNode().put("name", SINK);
    connector
        .putObject("config")
        .put("connector.class", "dev.birdconnect.sink.BirdSinkConnector")
        .put("tasks.max", Integer.toString(tasks))
        .put("topics", ORDERS)
        .put("bird.api.url", simulator.url().toString())
        .put("bird.access.key", SimulatorSettings.DEMO_ACCESS_KEY)
        .put("bird.workspace.id", SimulatorSettings.DEMO_WORKSPACE_ID)
        .put("bird.channel.id", ConnectStack.CHANNEL)
        .put("bird.http.request.timeout.ms", "2000")
        .put("doubt.settle.ms", "500")
        .put("max.in.flight", "64")
        .put("consumer.override.session.timeout.ms", sessionMillis)
        .put("consumer.override.heartbeat.interval.ms", "1500");
    await("the sink is created")
        .atMost(LONG)
        .ignoreExceptions()
        .until(
            () -> {
              workers.get(0).rest().create(connector);
              return true;
            });
  }

  private void produce(int count) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "max.in.flight.requests.per.connection",
            1);
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(ORDERS, PARTITIONS, (short) 1))).all().get();
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < count; i++) {
        int customer = i * 7 % CUSTOMERS;
        var unused =
            producer.send(
                new ProducerRecord<>(
                    ORDERS, customer % PARTITIONS, Orders.key(customer), Orders.good(i, customer)));
      }
    }
    records = count;
  }

  /** Waits until more is sent, or nothing is left to be sent. */
  private void awaitSending() {
    int before = simulator.size();
    await("messages are made")
        .atMost(LONG)
        .until(() -> simulator.size() >= Math.min(records, before + 200));
  }

  private void checkMessages() {
    while (simulator.size() < records) {
      int before = simulator.size();
      await("the sink goes on after " + before + " messages")
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> simulator.size() > before);
    }
    assertThat(workers).allMatch(WorkerProcess::alive);
    // A repeat may still be under way.
    await()
        .pollDelay(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .until(() -> simulator.madeByReference().size() == records);
    assertThat(simulator.madeByReference()).hasSize(records);
    assertThat(simulator.madeByReference().entrySet())
        .as("messages that were made more than once")
        .allMatch(made -> made.getValue() == 1);
    Map<String, Integer> lastByReceiver = new HashMap<>();
    for (MadeMessage message : simulator.messages()) {
      int index = Orders.index(message.json());
      Integer before = lastByReceiver.put(message.receiver(), index);
      assertThat(before == null || before < index)
          .as("order of one key: %s before %s", before, index)
          .isTrue();
    }
  }
}
