package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sink while the API fails in every way at once, and while it is away. */
class BrownOutIT {

  private static final int RECORDS = 12_000;
  private static final int UNTIL = 6_000;
  private static final int CUSTOMERS = 1_000;
  private static final int PARTITIONS = 4;
  private static final String ORDERS = "orders";

  private static List<FaultRule> everything() {
    return List.of(
        FaultRule.doneThenReset().withProbability(0.05, 1).onMethod("POST"),
        FaultRule.doneThenError().withProbability(0.05, 2).onMethod("POST"),
        FaultRule.unavailable().withProbability(0.1, 3).onMethod("POST"),
        FaultRule.hang().withProbability(0.002, 4).onMethod("POST"),
        FaultRule.doneThenHang().withProbability(0.002, 5).onMethod("POST"),
        FaultRule.reset().withProbability(0.02, 6).onMethod("POST"),
        FaultRule.tooManyRequests().withProbability(0.1, 7),
        FaultRule.unavailable().withProbability(0.1, 8).onMethod("GET"),
        FaultRule.reset().withProbability(0.1, 9).onMethod("GET"),
        FaultRule.listingDelay(Duration.ofSeconds(2)).withProbability(0.2, 10));
  }

  @Test
  void nothingIsLostDoubledOrOutOfOrderWhileTheApiFailsInEveryWay() {
    try (ConnectStack stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits())) {
      Simulator simulator = stack.simulator();
      simulator.inject(FaultRule.latency(Duration.ofMillis(5), Duration.ofMillis(50)));
      List<String> faults = everything().stream().map(simulator::inject).toList();
      start(stack);

      await("half of the messages are made in spite of all")
          .atMost(Duration.ofMinutes(4))
          .until(() -> simulator.size() >= UNTIL);
      faults.forEach(simulator.faults()::remove);

      check(stack);
    }
  }

  @Test
  void anOutageLosesNothingAndReportsNothing() {
    try (ConnectStack stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits())) {
      Simulator simulator = stack.simulator();
      simulator.inject(FaultRule.latency(Duration.ofMillis(5), Duration.ofMillis(50)));
      start(stack);
      await().atMost(ConnectStack.PATIENCE).until(() -> simulator.size() >= 3_000);

      String away = simulator.inject(FaultRule.unavailable());
      awaitStruck(simulator, away, 100);
      String hanging = simulator.inject(FaultRule.hang());
      simulator.faults().remove(away);
      awaitStruck(simulator, hanging, 3);
      simulator.faults().remove(hanging);

      check(stack);
    }
  }

  private static void awaitStruck(Simulator simulator, String fault, int calls) {
    await(calls + " calls have met the outage")
        .atMost(ConnectStack.PATIENCE)
        .until(() -> struck(simulator, fault) >= calls);
  }

  private static long struck(Simulator simulator, String fault) {
    return simulator.faults().list().stream()
        .filter(state -> state.id().equals(fault))
        .findFirst()
        .orElseThrow()
        .struck();
  }

  private static void start(ConnectStack stack) {
    stack.createTopic(ORDERS, PARTITIONS);
    for (int i = 0; i < RECORDS; i++) {
      int customer = i * 7 % CUSTOMERS;
      var unused =
          stack.produce(
              ORDERS, customer % PARTITIONS, Orders.key(customer), Orders.good(i, customer));
    }
    stack.flush();
    Map<String, String> sink = stack.sinkSettings(ORDERS);
    sink.put("doubt.settle.ms", "2500");
    sink.put("retry.backoff.max.ms", "2000");
    stack.createConnector("bird-sink", sink);
  }

  private static void check(ConnectStack stack) {
    Simulator simulator = stack.simulator();
    await("every record is a message")
        .atMost(Duration.ofMinutes(4))
        .until(() -> simulator.madeByReference().size() >= RECORDS);
    stack.awaitState("bird-sink", "RUNNING");
    stack.connect().deleteConnector("bird-sink");
    await().atMost(ConnectStack.PATIENCE).until(() -> stack.connect().connectors().isEmpty());
    assertThat(stack.count(ORDERS + ".dead-letters")).isZero();
    assertThat(simulator.madeByReference()).hasSize(RECORDS);
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
