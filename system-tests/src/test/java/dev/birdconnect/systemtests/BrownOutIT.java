package dev.birdconnect.systemtests;

import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.Fault;
import dev.birdconnect.simulator.fault.Fault.Spoiling;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.fault.Quantiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sink while the API fails in every way at once, and while it is away. */
class BrownOutIT {

  private static final int RECORDS = 14_000;
  private static final int BEFORE = 2_500;
  private static final int DURING = 4_000;
  private static final int STORMS = 3;
  private static final int CUSTOMERS = 1_000;
  private static final int PARTITIONS = 4;
  private static final String ORDERS = "orders";
  private static final String SINK = "bird-sink";

  /** Low enough for a busy machine to keep up with. */
  private static final int FULL_RATE = 300;

  private static final Duration LONG = Duration.ofMinutes(4);

  private static final FaultRule LATENCY =
      FaultRule.latency(Duration.ofMillis(5), Duration.ofMillis(50));

  private static List<FaultRule> everything() {
    return List.of(
        FaultRule.doneThenReset().withProbability(0.05, 1).onMethod("POST"),
        FaultRule.doneThenError().withProbability(0.05, 2).onMethod("POST"),
        FaultRule.unavailable().withProbability(0.05, 3).onMethod("POST"),
        FaultRule.hang().withProbability(0.003, 4).onMethod("POST"),
        FaultRule.doneThenHang().withProbability(0.003, 5).onMethod("POST"),
        FaultRule.reset().withProbability(0.02, 6).onMethod("POST"),
        FaultRule.resetInAnswer().withProbability(0.02, 7).onMethod("POST"),
        FaultRule.spoilt(Spoiling.TRUNCATED_JSON).withProbability(0.02, 8).onMethod("POST"),
        FaultRule.spoilt(Spoiling.MALFORMED_JSON).withProbability(0.02, 9).onMethod("POST"),
        FaultRule.tooManyRequests().withProbability(0.05, 10),
        FaultRule.unavailable().withProbability(0.1, 11).onMethod("GET"),
        FaultRule.reset().withProbability(0.1, 12).onMethod("GET"),
        FaultRule.hang().withProbability(0.03, 13).onMethod("GET"),
        FaultRule.spoilt(Spoiling.TRUNCATED_JSON).withProbability(0.1, 14).onMethod("GET"),
        FaultRule.spoilt(Spoiling.MALFORMED_JSON).withProbability(0.1, 15).onMethod("GET"),
        FaultRule.of(
            new Fault.ListingDelay(Quantiles.range(Duration.ZERO, Duration.ofSeconds(2)))));
  }

  @Test
  void nothingIsLostDoubledOrOutOfOrderWhileTheApiFailsInEveryWay() {
    try (ConnectStack stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits())) {
      Simulator simulator = stack.simulator();
      start(stack);
      awaitMade(simulator, BEFORE);
      Pace before = Pace.of(simulator);

      List<String> faults = everything().stream().map(simulator::inject).toList();
      String storm = "";
      for (int storms = 1; storms <= STORMS; storms++) {
        simulator.faults().remove(storm);
        awaitMade(simulator, BEFORE + DURING * storms / STORMS);
        storm = simulator.inject(FaultRule.tooManyRequests());
        awaitStruck(simulator, storm, 150);
      }
      await("every fault")
          .atMost(LONG)
          .until(() -> faults.stream().allMatch(fault -> struck(simulator, fault) > 0));
      simulator.faults().clear();
      simulator.inject(LATENCY);

      before.awaitAgain();
      check(stack);
    }
  }

  @Test
  void anOutageLosesNothingAndReportsNothing() {
    try (ConnectStack stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits())) {
      Simulator simulator = stack.simulator();
      start(stack);
      awaitMade(simulator, BEFORE);
      Pace before = Pace.of(simulator);

      String away = simulator.inject(FaultRule.unavailable());
      awaitStruck(simulator, away, 100);
      String hanging = simulator.inject(FaultRule.hang());
      simulator.faults().remove(away);
      awaitStruck(simulator, hanging, 3);
      simulator.faults().remove(hanging);

      before.awaitAgain();
      check(stack);
    }
  }

  private static void awaitMade(Simulator simulator, int messages) {
    await(messages + " messages are made").atMost(LONG).until(() -> simulator.size() >= messages);
  }

  private static void awaitStruck(Simulator simulator, String fault, int calls) {
    await(calls + " calls have met the fault")
        .atMost(LONG)
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
    stack.simulator().inject(LATENCY);
    stack.createTopic(ORDERS, PARTITIONS);
    stack.kafka().produceOrders(ORDERS, PARTITIONS, CUSTOMERS, 0, RECORDS);
    Map<String, String> sink = stack.sinkSettings(ORDERS);
    sink.put("bird.http.request.timeout.ms", "2000");
    sink.put("doubt.settle.ms", "2500");
    sink.put("bird.rate.post.per.second", Integer.toString(FULL_RATE));
    stack.createConnector(SINK, sink);
  }

  private static void check(ConnectStack stack) {
    SinkUnderTest bothEnds = stack.sink(SINK, ORDERS);
    bothEnds.awaitFinished(LONG);
    stack.awaitState(SINK, "RUNNING");
    stack.connect().deleteConnector(SINK);
    await().atMost(ConnectStack.PATIENCE).until(() -> stack.connect().connectors().isEmpty());
    bothEnds.check();
  }
}
