package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.Fault;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.fault.Quantiles;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sink with batches: while the API fails, and across workers that are killed. */
class BatchIT {

  private static final int RECORDS = 8_000;
  private static final int CUSTOMERS = 1_000;
  private static final int PARTITIONS = 4;
  private static final String ORDERS = "orders";
  private static final String SINK = "bird-sink";
  private static final Duration LONG = Duration.ofMinutes(4);

  private static List<FaultRule> everything() {
    return List.of(
        FaultRule.doneThenReset().withProbability(0.05, 1).onMethod("POST"),
        FaultRule.doneThenError().withProbability(0.05, 2).onMethod("POST"),
        FaultRule.unavailable().withProbability(0.05, 3).onMethod("POST"),
        FaultRule.hang().withProbability(0.01, 4).onMethod("POST"),
        FaultRule.doneThenHang().withProbability(0.01, 5).onMethod("POST"),
        FaultRule.tooManyRequests().withProbability(0.1, 6),
        FaultRule.unavailable().withProbability(0.1, 7).onMethod("GET"),
        FaultRule.reset().withProbability(0.1, 8).onMethod("GET"),
        FaultRule.of(
            new Fault.ListingDelay(Quantiles.range(Duration.ZERO, Duration.ofMillis(500)))));
  }

  private static Map<String, String> batches(Map<String, String> sink) {
    sink.put("send.mode", "batch");
    sink.put("batch.max.sends", "40");
    sink.put("batch.result.timeout.ms", "1500");
    sink.put("bird.http.request.timeout.ms", "2000");
    sink.put("doubt.settle.ms", "1000");
    sink.put("bird.rate.get.per.second", "50");
    return sink;
  }

  @Test
  void nothingIsLostDoubledOrOutOfOrderWhileTheApiFailsInEveryWay() {
    try (ConnectStack stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits())) {
      Simulator simulator = stack.simulator();
      simulator.inject(FaultRule.latency(Duration.ofMillis(5), Duration.ofMillis(50)));
      simulator.switches().set(Choice.BATCH_ANY_ORDER);
      simulator.switches().set(Switch.BATCH_DELAY, Duration.ofMillis(300));
      List<String> faults = everything().stream().map(simulator::inject).toList();
      stack.createTopic(ORDERS, PARTITIONS);
      stack.kafka().produceOrders(ORDERS, PARTITIONS, CUSTOMERS, 0, RECORDS);
      stack.createConnector(SINK, batches(stack.sinkSettings(ORDERS)));

      await("half of the messages are made in spite of all")
          .atMost(LONG)
          .until(() -> simulator.size() >= RECORDS / 2);
      faults.forEach(simulator.faults()::remove);

      SinkUnderTest bothEnds = stack.sink(SINK, ORDERS);
      bothEnds.awaitFinished(LONG);
      stack.awaitState(SINK, "RUNNING");
      stack.connect().deleteConnector(SINK);
      await().atMost(ConnectStack.PATIENCE).until(() -> stack.connect().connectors().isEmpty());
      bothEnds.check();
      assertThat(simulator.traffic().total("POST", 202)).isLessThan(RECORDS);
    }
  }

  @Test
  void aWorkerThatIsKilledSendsEachRecordOnceAlthoughItsBatchesAreMadeLate() {
    try (WorkerFleet fleet = WorkerFleet.start("batches");
        Simulator simulator = Simulator.start(SimulatorSettings.demo())) {
      simulator.inject(
          FaultRule.latency(Duration.ofMillis(20), Duration.ofMillis(200)).onMethod("POST"));
      simulator.switches().set(Switch.BATCH_DELAY, Duration.ofMillis(800));
      SinkUnderTest sink = new SinkUnderTest(SINK, ORDERS, fleet.kafka(), simulator);
      fleet.kafka().createTopic(ORDERS, PARTITIONS);
      fleet.add();
      fleet.create(SINK, workerSettings(simulator));
      fleet.kafka().produceOrders(ORDERS, PARTITIONS, CUSTOMERS, 0, RECORDS);
      for (int part = 1; part <= 2; part++) {
        int made = RECORDS * part / 4;
        await(made + " messages are made").atMost(LONG).until(() -> simulator.size() >= made);
        fleet.kill(fleet.awaitOwners(SINK).get(0));
        fleet.add();
        sink.checkCommits();
      }
      sink.awaitFinished(LONG);
      fleet.stopAll();
      sink.check();
    }
  }

  private static Map<String, String> workerSettings(Simulator simulator) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "dev.birdconnect.sink.BirdSinkConnector");
    settings.put("tasks.max", "1");
    settings.put("topics", ORDERS);
    settings.put("bird.api.url", simulator.url().toString());
    settings.put("bird.access.key", SimulatorSettings.DEMO_ACCESS_KEY);
    settings.put("bird.workspace.id", SimulatorSettings.DEMO_WORKSPACE_ID);
    settings.put("bird.channel.id", ConnectStack.CHANNEL);
    settings.put("errors.tolerance", "all");
    settings.put("errors.deadletterqueue.topic.name", SinkUnderTest.deadLetters(ORDERS));
    settings.put("errors.deadletterqueue.topic.replication.factor", "1");
    settings.put("consumer.override.session.timeout.ms", "10500");
    settings.put("consumer.override.heartbeat.interval.ms", "1500");
    return batches(settings);
  }
}
