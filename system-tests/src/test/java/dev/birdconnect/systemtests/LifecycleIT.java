package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Both connectors stopped, restarted, paused, resumed and deleted through REST, under load. */
class LifecycleIT {

  private static final int RECORDS = 12_000;
  private static final int CUSTOMERS = 500;
  private static final int PARTITIONS = 3;
  private static final int MAX_IN_FLIGHT = 64;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
  private static final String ORDERS = "orders";

  @Test
  void nothingIsLostWhateverIsDoneToTheConnectors() {
    SimulatorSettings settings = SimulatorSettings.demo().withoutRateLimits();
    // Long enough for a slow broker: only a stop that the worker does not break off is a clean one.
    Map<String, String> worker = Map.of("task.shutdown.graceful.timeout.ms", "30000");
    try (ConnectStack stack = ConnectStack.start(settings, worker)) {
      stack.simulator().inject(FaultRule.latency(Duration.ofMillis(20), Duration.ofMillis(120)));
      stack.createTopic(ORDERS, PARTITIONS);
      SinkUnderTest bothEnds = stack.sink("bird-sink", ORDERS);
      Map<String, String> sink = stack.sinkSettings(ORDERS);
      sink.put("max.in.flight", Integer.toString(MAX_IN_FLIGHT));
      Map<String, String> source = stack.sourceSettings("bird");
      stack.createConnector("bird-source", source);
      stack.createConnector("bird-sink", sink);
      stack.kafka().produceOrders(ORDERS, PARTITIONS, CUSTOMERS, 0, RECORDS);
      awaitMade(stack, 500);

      List<String> both = List.of("bird-sink", "bird-source");
      both.forEach(name -> stack.connect().pauseConnector(name));
      both.forEach(name -> stack.awaitState(name, "PAUSED"));
      both.forEach(name -> stack.connect().resumeConnector(name));
      both.forEach(name -> stack.awaitState(name, "RUNNING"));
      awaitMade(stack, 1_500);
      bothEnds.checkCommits();

      both.forEach(name -> restart(stack, name));
      awaitMade(stack, 3_000);
      bothEnds.checkCommits();

      both.forEach(name -> stopInTime(stack, name));
      both.forEach(name -> stack.connect().resumeConnector(name));
      both.forEach(name -> stack.awaitState(name, "RUNNING"));
      awaitMade(stack, 5_000);
      bothEnds.checkCommits();

      both.forEach(name -> stack.connect().deleteConnector(name));
      await().until(() -> stack.connect().connectors().isEmpty());
      stack.createConnector("bird-sink", sink);
      stack.createConnector("bird-source", source);

      bothEnds.awaitFinished(ConnectStack.PATIENCE);
      bothEnds.check();
      checkEvents(stack);
    }
  }

  private static void awaitMade(ConnectStack stack, int messages) {
    await(messages + " messages")
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> stack.simulator().size() >= messages);
  }

  private static void restart(ConnectStack stack, String name) {
    long start = System.nanoTime();
    var unused = stack.connect().restartConnectorAndTasks(name, false, true, false);
    stack.awaitState(name, "RUNNING");
    System.out.println(
        name
            + " restarted after "
            + Duration.ofNanos(System.nanoTime() - start).toMillis()
            + " ms");
  }

  private static void stopInTime(ConnectStack stack, String name) {
    long start = System.nanoTime();
    stack.connect().stopConnector(name);
    stack.awaitState(name, "STOPPED");
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.println(name + " stopped after " + took.toMillis() + " ms");
    assertThat(took).isLessThan(LONGEST_STOP);
  }

  /** Every message the API has is on its topic once, with the statuses up to the final one once. */
  private static void checkEvents(ConnectStack stack) {
    Map<String, String> finals =
        stack.simulator().messages().stream()
            .collect(Collectors.toMap(MadeMessage::id, message -> "delivered"));
    await("all final statuses are on their topic")
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> lastStatuses(stack).equals(finals));
    List<String> ids = stack.readAll("bird.messages").stream().map(ConsumerRecord::key).toList();
    assertThat(ids).doesNotHaveDuplicates().hasSameElementsAs(finals.keySet());
    List<String> statuses =
        stack.readAll("bird.statuses").stream()
            .map(record -> Orders.json(record.value()).get("eventId").textValue())
            .toList();
    assertThat(statuses).doesNotHaveDuplicates();
  }

  private static Map<String, String> lastStatuses(ConnectStack stack) {
    Map<String, String> last = new HashMap<>();
    for (ConsumerRecord<String, String> record : stack.readAll("bird.statuses")) {
      JsonNode event = Orders.json(record.value());
      last.put(event.get("messageId").textValue(), event.get("status").textValue());
    }
    return last;
  }
}
