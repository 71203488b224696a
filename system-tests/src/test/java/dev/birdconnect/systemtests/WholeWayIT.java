package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.life.LifeProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Ten thousand records all the way through, both ends compared. */
class WholeWayIT {

  private static final int RECORDS = 10_000;
  private static final int CUSTOMERS = 1_000;
  private static final int PARTITIONS = 4;
  private static final String ORDERS = "orders";

  private static boolean bad(int index) {
    return index % 100 == 17;
  }

  @Test
  void everyRecordBecomesOneMessageAndEveryMessageItsEvents() throws Exception {
    LifeProfile profile =
        LifeProfile.steady()
            .withDelays(Duration.ofMillis(300), Duration.ofMillis(800), Duration.ofSeconds(3))
            .withSpread(0.5)
            .withFailures(0.02, 0.03, 0.05);
    SimulatorSettings settings = SimulatorSettings.demo().withoutRateLimits().withProfile(profile);
    try (ConnectStack stack = ConnectStack.start(settings)) {
      stack.createTopic(ORDERS, PARTITIONS);
      stack.createConnector("bird-source", stack.sourceSettings("bird"));
      Map<String, String> patient = stack.sinkSettings(ORDERS);
      patient.put("bird.http.request.timeout.ms", "6000");
      patient.put("doubt.settle.ms", "2000");
      stack.createConnector("bird-sink", patient);

      Map<String, Integer> indexByCoordinates = produce(stack);

      SinkUnderTest sink = stack.sink("bird-sink", ORDERS);
      sink.awaitFinished(ConnectStack.PATIENCE);
      sink.check();
      checkDeadLetters(stack);
      checkEvents(stack, indexByCoordinates);
    }
  }

  private static Map<String, Integer> produce(ConnectStack stack) throws Exception {
    List<Future<RecordMetadata>> produced = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      int customer = i * 7 % CUSTOMERS;
      String value =
          !bad(i)
              ? Orders.good(i, customer)
              : i % 200 == 17 ? Orders.unknownField(i, customer) : Orders.badTag(i, customer);
      produced.add(stack.produce(ORDERS, customer % PARTITIONS, Orders.key(customer), value));
    }
    stack.flush();
    Map<String, Integer> indexByCoordinates = new HashMap<>();
    for (int i = 0; i < RECORDS; i++) {
      RecordMetadata record = produced.get(i).get();
      indexByCoordinates.put(record.partition() + ":" + record.offset(), i);
    }
    return indexByCoordinates;
  }

  private static void checkDeadLetters(ConnectStack stack) {
    List<ConsumerRecord<String, String>> letters = stack.readAll(ORDERS + ".dead-letters");
    assertThat(letters).hasSize(RECORDS / 100);
    for (ConsumerRecord<String, String> letter : letters) {
      int index = Orders.index(letter.value());
      assertThat(bad(index)).isTrue();
      Header reason = letter.headers().lastHeader("__connect.errors.exception.message");
      String sentence = new String(reason.value(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(sentence).contains(index % 200 == 17 ? ".colour" : ".tags");
      assertThat(sentence).doesNotContain("+316", "is on its way", "not/allowed");
    }
  }

  /** Each message once, its statuses in order down to the final one the API has. */
  private static void checkEvents(ConnectStack stack, Map<String, Integer> indexByCoordinates) {
    Map<String, String> finals = new HashMap<>();
    await("every message has its final status")
        .atMost(ConnectStack.PATIENCE)
        .until(
            () ->
                stack.simulator().messages().stream()
                    .allMatch(message -> !message.status().matches("accepted|processing|sent")));
    stack.simulator().messages().forEach(message -> finals.put(message.id(), message.status()));

    await("all messages are on their topic")
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> stack.count("bird.messages") >= finals.size());
    await("all final statuses are on their topic")
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> lastStatuses(stack.readAll("bird.statuses")).equals(finals));

    List<String> ids =
        stack.readAll("bird.messages").stream()
            .map(event -> Orders.json(event.value()).get("id").textValue())
            .toList();
    assertThat(ids).doesNotHaveDuplicates().hasSameElementsAs(finals.keySet());
    checkOrderOfMessages(stack);
    checkStatuses(stack.readAll("bird.statuses"), indexByCoordinates);
  }

  private static void checkOrderOfMessages(ConnectStack stack) {
    List<String> emitted =
        stack.readAll("bird.messages").stream().map(ConsumerRecord::key).toList();
    List<String> byTime =
        stack.simulator().messages().stream()
            .sorted(
                java.util.Comparator.comparing(MadeMessage::createdAt)
                    .thenComparing(MadeMessage::id))
            .map(MadeMessage::id)
            .toList();
    assertThat(emitted).isEqualTo(byTime);
  }

  private static void checkStatuses(
      List<ConsumerRecord<String, String>> events, Map<String, Integer> indexByCoordinates) {
    Map<String, String> last = new HashMap<>();
    Set<String> eventIds = new HashSet<>();
    for (ConsumerRecord<String, String> record : events) {
      JsonNode event = Orders.json(record.value());
      String id = event.get("messageId").textValue();
      assertThat(record.key()).isEqualTo(id);
      assertThat(event.path("previousStatus").textValue()).isEqualTo(last.get(id));
      assertThat(event.path("status").textValue()).isNotEqualTo(last.get(id));
      last.put(id, event.get("status").textValue());
      assertThat(eventIds.add(event.get("eventId").textValue())).isTrue();
      assertThat(event.get("referenceTopic").textValue()).isEqualTo(ORDERS);
      assertThat(indexByCoordinates)
          .containsKey(event.get("referencePartition") + ":" + event.get("referenceOffset"));
    }
  }

  private static Map<String, String> lastStatuses(List<ConsumerRecord<String, String>> events) {
    Map<String, String> last = new LinkedHashMap<>();
    for (ConsumerRecord<String, String> record : events) {
      JsonNode event = Orders.json(record.value());
      last.put(event.get("messageId").textValue(), event.get("status").textValue());
    }
    return last;
  }
}
