package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.systemtests.SourceEvents.Event;
import dev.birdconnect.systemtests.SourceEvents.Heartbeat;
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
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A source connector in real workers, and both of its ends. */
final class SourceUnderTest implements AutoCloseable {

  static final String CHANNEL = SimulatorSettings.DEMO_SMS_CHANNEL_ID;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String EVENT_ID = "bird.event.id";
  private static final String CHANNEL_ID = "bird.channel.id";
  private static final String CHANNELS = "bird.channel.ids";
  private static final String DISCOVERY = "bird.channel.discovery";
  private static final String HEARTBEATS = "heartbeat.topic";
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
    if (!settings.containsKey(DISCOVERY)) {
      all.put(CHANNELS, CHANNEL);
    }
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
    JsonNode value = value(record);
    boolean message = record.topic().endsWith(".messages");
    return new Event(
        message,
        header(record, CHANNEL_ID),
        record.key(),
        header(record, EVENT_ID),
        Instant.parse(value.path(message ? "createdAtText" : "messageCreatedAtText").asText()),
        message && value.path("late").asBoolean(),
        value.path("status").asText(),
        value.path("sequence").asInt(),
        Instant.ofEpochMilli(record.timestamp()));
  }

  /** All heartbeats; none where there is no topic for them. */
  List<Heartbeat> heartbeats() {
    return Optional.ofNullable(settings.get(HEARTBEATS)).stream()
        .flatMap(topic -> kafka.readAll(topic).stream())
        .map(
            record ->
                new Heartbeat(
                    record.key(),
                    Instant.parse(value(record).path("emittedUpToText").asText()),
                    Instant.ofEpochMilli(record.timestamp())))
        .toList();
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static JsonNode value(ConsumerRecord<String, String> record) {
    try {
      return MAPPER.readTree(record.value());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A further channel appears, with messages. */
  void addChannel(ChannelSettings channel, int messages) {
    simulator.addChannel(SimulatorSettings.DEMO_WORKSPACE_ID, channel);
    for (int i = 0; i < messages; i++) {
      var unused = simulator.receiveInbound(channel.id().toString(), "+31600000001", "Hi " + i);
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
    List<MadeMessage> all =
        settings.containsKey(DISCOVERY) ? simulator.messages() : simulator.messages(CHANNEL);
    return all.stream().filter(owed).toList();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
