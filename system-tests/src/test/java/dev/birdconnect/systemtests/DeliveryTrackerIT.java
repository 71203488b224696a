package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.tracker.DeliveryTracker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example behind both connectors: every order timed once, whatever is told twice. */
class DeliveryTrackerIT {

  private static final int FIRST_HALF = 150;
  private static final int RECORDS = 300;
  private static final int PARTITIONS = 2;
  private static final String ORDERS = "orders";
  private static final String REPORTS = "orders.reports";
  private static final String STATUSES = "bird.statuses";
  private static final String DELIVERIES = "deliveries";
  private static final String TIMES = "delivery-times";

  @TempDir Path folder;
  private ConnectStack stack;

  @Test
  void everyOrderIsTimedOnceAcrossRestartsAndRepeats() throws Exception {
    LifeProfile profile =
        LifeProfile.steady()
            .withDelays(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(2_000))
            .withSpread(0.5)
            .withFailures(0.02, 0.03, 0.05);
    try (ConnectStack started =
        ConnectStack.start(SimulatorSettings.demo().withoutRateLimits().withProfile(profile))) {
      stack = started;
      stack.createTopic(ORDERS, PARTITIONS);
      stack.createTopic(REPORTS, PARTITIONS);
      CompletableFuture<DeliveryTracker> waiting = CompletableFuture.supplyAsync(this::tracker);
      produce(0, FIRST_HALF);
      createConnectors();

      try (DeliveryTracker first = waiting.get()) {
        await("some orders are timed").atMost(ConnectStack.PATIENCE).until(() -> timed() > 0);
        assertThat(first.hasFailed()).isFalse();
      }
      produce(FIRST_HALF, RECORDS - 1);
      try (DeliveryTracker second = tracker()) {
        awaitAllTimed();
        tellAgain(REPORTS);
        tellAgain(STATUSES);
        produce(RECORDS - 1, RECORDS);
        awaitAllTimed();
        assertThat(second.hasFailed()).isFalse();
        check();
      }
    }
  }

  private DeliveryTracker tracker() {
    Map<String, String> settings =
        Map.of(
            "bootstrap.servers",
            stack.connect().kafka().bootstrapServers(),
            "reports.topic",
            REPORTS,
            "statuses.topic",
            STATUSES,
            "session.timeout.ms",
            "6000",
            "heartbeat.interval.ms",
            "2000",
            "state.dir",
            folder.toString());
    try {
      return DeliveryTracker.start(settings);
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private void createConnectors() {
    Map<String, String> sink = stack.sinkSettings(ORDERS);
    sink.put("report.topic", REPORTS);
    sink.put("report.producer.bootstrap.servers", stack.connect().kafka().bootstrapServers());
    stack.createConnector("bird-sink", sink);
    stack.createConnector("bird-source", stack.sourceSettings("bird"));
  }

  private void produce(int from, int to) {
    for (int i = from; i < to; i++) {
      var unused = stack.produce(ORDERS, i % PARTITIONS, Orders.key(i), Orders.good(i, i));
    }
    stack.flush();
  }

  /** Everything that stands in a topic a second time, as after a crash. */
  private void tellAgain(String topic) {
    stack
        .readBytes(topic)
        .forEach(
            record -> {
              var unused = stack.produce(topic, record.partition(), record.key(), record.value());
            });
    stack.flush();
  }

  private static boolean isDelivered(MadeMessage message) {
    return message.status().equals("delivered");
  }

  /** The last record of each key. */
  private Map<String, JsonNode> last(String topic) {
    Map<String, JsonNode> last = new HashMap<>();
    stack.readAll(topic).forEach(record -> last.put(record.key(), Orders.json(record.value())));
    return last;
  }

  private long timed() {
    return last(TIMES).values().stream()
        .mapToLong(times -> times.get("delivered").longValue())
        .sum();
  }

  private void awaitAllTimed() {
    int records = stack.readAll(ORDERS).size();
    await("every order of " + records + " has its end, and the tracker has it too")
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              Map<String, String> made = made();
              return made.size() == records
                  && made.values().stream().noneMatch(s -> s.matches("accepted|processing|sent"))
                  && told().equals(made)
                  && hasReadAll();
            });
  }

  private Map<String, String> made() {
    return stack.simulator().messages().stream()
        .collect(Collectors.toMap(MadeMessage::id, MadeMessage::status));
  }

  private Map<String, String> told() {
    Map<String, String> told = new HashMap<>();
    last(DELIVERIES)
        .values()
        .forEach(
            order -> told.put(order.path("messageId").asText(), order.path("status").asText()));
    return told;
  }

  private boolean hasReadAll() {
    Map<TopicPartition, Long> read = stack.kafka().committedBy("delivery-tracker");
    return Stream.of(REPORTS, STATUSES)
        .flatMap(topic -> stack.kafka().ends(topic).entrySet().stream())
        .allMatch(end -> end.getValue().equals(read.getOrDefault(end.getKey(), 0L)));
  }

  private void check() {
    Map<String, MadeMessage> messages =
        stack.simulator().messages().stream()
            .collect(Collectors.toMap(MadeMessage::id, Function.identity()));
    Map<String, Long> orderedAt = new HashMap<>();
    for (ConsumerRecord<String, String> order : stack.readAll(ORDERS)) {
      orderedAt.put(
          String.join(
              ":",
              "bird-sink",
              ORDERS,
              Integer.toString(order.partition()),
              Long.toString(order.offset())),
          order.timestamp());
    }
    long longest = 0;
    long delivered = 0;
    for (Map.Entry<String, JsonNode> order : last(DELIVERIES).entrySet()) {
      MadeMessage message = messages.remove(order.getValue().get("messageId").textValue());
      assertThat(message.reference()).startsWith("bk1:" + order.getKey() + ":");
      assertThat(order.getValue().get("verdict").textValue()).isEqualTo("ACCEPTED");
      assertThat(order.getValue().get("status").textValue()).isEqualTo(message.status());
      assertThat(order.getValue().get("acceptedAt").longValue())
          .isEqualTo(message.createdAt().toEpochMilli());
      if (isDelivered(message)) {
        long took = message.lastStatusAt().toEpochMilli() - orderedAt.get(order.getKey());
        assertThat(order.getValue().get("millisToDelivery").longValue()).isEqualTo(took);
        longest = Math.max(longest, took);
        delivered++;
      } else {
        assertThat(order.getValue().has("millisToDelivery")).isFalse();
      }
    }
    assertThat(messages).as("messages without an order").isEmpty();
    JsonNode times = last(TIMES).get(ConnectStack.CHANNEL);
    assertThat(times.get("delivered").longValue()).isEqualTo(delivered);
    assertThat(times.get("longestMillis").longValue()).isBetween(longest, longest + longest / 100);
    assertThat(times.get("p50Millis").longValue())
        .isPositive()
        .isLessThan(times.get("p95Millis").longValue());
  }
}
