package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.systemtests.SourceEvents.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A source connector in real workers, and both of its ends. */
final class SourceUnderTest implements AutoCloseable {

  static final String CHANNEL = SimulatorSettings.DEMO_SMS_CHANNEL_ID;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String EVENT_ID = "bird.event.id";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final KafkaEnd kafka;
  private final Simulator simulator;
  private final Map<String, String> settings;
  private int sent;

  /**
   * @param name of the connector; its topics begin with it
   * @param settings further settings
   */
  SourceUnderTest(String name, KafkaEnd kafka, Simulator simulator, Map<String, String> settings) {
    this.name = name;
    this.kafka = kafka;
    this.simulator = simulator;
    this.settings = settings;
  }

  String name() {
    return name;
  }

  Simulator simulator() {
    return simulator;
  }

  /** What the connector is made with. The broker notes when it got a record. */
  Map<String, String> settings() {
    Map<String, String> all = new HashMap<>();
    all.put("connector.class", "dev.birdconnect.source.BirdSourceConnector");
    all.put("tasks.max", "1");
    all.put("bird.api.url", simulator.url().toString());
    all.put("bird.access.key", SimulatorSettings.DEMO_ACCESS_KEY);
    all.put("bird.workspace.id", SimulatorSettings.DEMO_WORKSPACE_ID);
    all.put("bird.channel.ids", CHANNEL);
    all.put("bird.validate.live", "false");
    all.put("topic.prefix", name);
    all.put("poll.interval.ms", "500");
    all.put("overlap.ms", "1000");
    all.put("producer.override.transaction.timeout.ms", "3000");
    all.put("topic.creation.default.partitions", "1");
    all.put("topic.creation.default.replication.factor", "1");
    all.put("topic.creation.default.message.timestamp.type", "LogAppendTime");
    all.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    all.put("value.converter.schemas.enable", "false");
    all.putAll(settings);
    return all;
  }

  /** A customer's system sends texts. */
  void send(int messages) {
    for (int i = 0; i < messages; i++) {
      send();
    }
  }

  private void send() {
    String body =
        """
        {"receiver": {"contacts": [{"identifierValue": "+31612345678"}]},
         "body": {"type": "text", "text": {"text": "Hello"}}, "reference": "%s-%d"}"""
            .formatted(name, sent++);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s/workspaces/%s/channels/%s/messages"
                        .formatted(simulator.url(), SimulatorSettings.DEMO_WORKSPACE_ID, CHANNEL)))
            .header("Authorization", "AccessKey " + SimulatorSettings.DEMO_ACCESS_KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      assertThat(HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(202);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many records there are, about: transactions count too. */
  long size() {
    return Stream.of(".messages", ".statuses")
        .flatMap(topic -> kafka.ends(name + topic).values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** All events, in the order in which the broker got them. */
  List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (String topic : List.of(".messages", ".statuses")) {
      kafka.readAll(name + topic).forEach(record -> events.add(event(record)));
    }
    events.sort(Comparator.comparing(Event::writtenAt));
    return events;
  }

  private static Event event(ConsumerRecord<String, String> record) {
    try {
      JsonNode value = MAPPER.readTree(record.value());
      boolean message = record.topic().endsWith(".messages");
      return new Event(
          message,
          record.key(),
          new String(record.headers().lastHeader(EVENT_ID).value(), StandardCharsets.UTF_8),
          Instant.parse(value.path(message ? "createdAtText" : "messageCreatedAtText").asText()),
          message && value.path("late").asBoolean(),
          value.path("status").asText(),
          value.path("sequence").asInt(),
          Instant.ofEpochMilli(record.timestamp()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits until every message is there with its present status.
   *
   * @param messages whether events of messages are wanted
   * @param owed which messages have to be there
   */
  void awaitAll(boolean messages, Predicate<MadeMessage> owed, Duration atMost) {
    await(name + " has emitted all")
        .atMost(atMost)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> assertThat(new SourceEvents(events()).missing(made(owed), messages)).isEmpty());
  }

  /** The messages that have to be there. */
  List<MadeMessage> made(Predicate<MadeMessage> owed) {
    return simulator.messages(CHANNEL).stream().filter(owed).toList();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
