package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.life.LifeProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events in Avro with a real registry, through transforms that route topics and drop records. */
class AvroSourceIT {

  private static final Path EARLIER =
      Path.of("..", "source-connector", "src", "test", "resources", "schemas");
  private static final String MESSAGES = "crm.messages";
  private static final String STATUSES = "crm.statuses";
  private static final String INTERACTIONS = "crm.interactions";
  private static final String RECEIVER = "/receiver/contacts/0/id";
  private static final int ORDERS = 20;
  private static final int REPLIES = 5;

  @TempDir static Path folder;
  private static SchemaRegistry registry;
  private static Avro avro;
  private static ConnectStack stack;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    registry = SchemaRegistry.start(folder);
    registry.requireBackwardCompatibility();
    avro = Avro.with(registry);
    LifeProfile quick =
        LifeProfile.steady()
            .withDelays(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(1_500));
    stack =
        ConnectStack.start(
            SimulatorSettings.demo().withoutRateLimits().withProfile(quick),
            Map.of("plugin.path", ConnectStack.pluginPathWithAvro()));
  }

  @AfterAll
  static void stop() throws IOException {
    registry.close();
    avro.close();
    stack.close();
  }

  private static JsonNode earlier(String name) throws IOException {
    return new ObjectMapper().readTree(EARLIER.resolve(name).toFile());
  }

  private static String subject(String topic) {
    return topic + "-value";
  }

  private static Map<String, String> routed() {
    Map<String, String> settings = stack.sourceSettings("bird");
    settings.put("value.converter", Avro.CONVERTER);
    settings.put("value.converter.schema.registry.url", registry.url());
    settings.put("event.key", "contact");
    settings.put("interactions.enabled", "true");
    settings.put("transforms", "route");
    settings.put("transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter");
    settings.put("transforms.route.regex", "bird\\.(.*)");
    settings.put("transforms.route.replacement", "crm.$1");
    return settings;
  }

  private static Map<String, String> statusesOnly() {
    Map<String, String> settings = stack.sourceSettings("steps");
    settings.put("transforms", "drop");
    settings.put("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter");
    settings.put("transforms.drop.predicate", "messages");
    settings.put("predicates", "messages");
    settings.put(
        "predicates.messages.type",
        "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
    settings.put("predicates.messages.pattern", "steps\\.messages");
    return settings;
  }

  @Test
  void whatWasWrittenWithTheEarlierVersionAndWhatIsWrittenNowStandInOneTopic() throws Exception {
    assertThat(registry.register(subject(MESSAGES), earlier("Message-1.avsc"))).isTrue();
    assertThat(registry.register(subject(STATUSES), earlier("MessageStatus-1.avsc"))).isTrue();
    stack.createTopic(MESSAGES, 1);
    var unused =
        stack.produce(
            MESSAGES,
            0,
            "an earlier one".getBytes(StandardCharsets.UTF_8),
            avro.serialized(
                MESSAGES, earlier("Message-1.avsc").toString(), bare(earlier("Message-1.avsc"))));
    send();

    stack.createConnector("crm", routed());
    stack.createConnector("steps", statusesOnly());

    awaitStatuses();
    checkMessages();
    checkInteractions();
    assertThat(stack.count("steps.messages")).isZero();
    assertThat(stack.count("bird.messages")).isZero();
    assertThat(registry.versions(subject(MESSAGES))).isEqualTo(2);
    assertThat(registry.versions(subject(STATUSES))).isEqualTo(2);
    assertThat(withoutTheLastField(registry.schema(subject(STATUSES), 2)))
        .as("the stored version is what the converter made of it")
        .isEqualTo(earlier("MessageStatus-1.avsc"));
  }

  private static JsonNode withoutTheLastField(JsonNode schema) {
    ArrayNode fields = (ArrayNode) schema.get("fields");
    fields.remove(fields.size() - 1);
    return ((ObjectNode) schema).put("connect.version", 1);
  }

  @Test
  void aVersionThatBreaksConsumersIsRefused() throws IOException {
    ObjectNode schema = (ObjectNode) earlier("MessageStatus-1.avsc");
    assertThat(registry.register("probe-value", schema)).isTrue();
    ((ArrayNode) schema.get("fields")).addObject().put("name", "added").put("type", "string");
    assertThat(registry.register("probe-value", schema)).isFalse();
  }

  private static void send() {
    String topic = "orders";
    stack.createTopic(topic, 1);
    for (int i = 0; i < ORDERS; i++) {
      var unused = stack.produce(topic, 0, Orders.key(i), Orders.good(i, i));
    }
    stack.flush();
    stack.createConnector("bird-sink", stack.sinkSettings(topic));
    for (int i = 0; i < REPLIES; i++) {
      stack.simulator().receiveInbound(ConnectStack.CHANNEL, Orders.number(i), "Reply " + i);
    }
    await("all orders are messages")
        .atMost(ConnectStack.PATIENCE)
        .until(() -> stack.simulator().size() == ORDERS + REPLIES);
  }

  /** A record with nothing in it but what a schema requires, in Avro's own JSON form. */
  private static String bare(JsonNode schema) {
    ObjectNode datum = new ObjectMapper().createObjectNode();
    for (JsonNode field : schema.get("fields")) {
      String name = field.get("name").textValue();
      switch (field.get("type").isObject() ? "long" : field.get("type").asText()) {
        case "string" -> datum.put(name, "earlier");
        case "long" -> datum.put(name, 0);
        case "boolean" -> datum.put(name, false);
        default -> datum.putNull(name);
      }
    }
    return datum.toString();
  }

  private static Map<String, String> made() {
    return stack.simulator().messages().stream()
        .collect(Collectors.toMap(MadeMessage::id, MadeMessage::status));
  }

  private static void awaitStatuses() {
    await("every message has its final status in both topics")
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                !made().containsValue("sent")
                    && lastOf(values(STATUSES)).equals(made())
                    && lastInJson().equals(made()));
  }

  private static Map<String, String> lastOf(List<Struct> statuses) {
    Map<String, String> last = new HashMap<>();
    statuses.forEach(status -> last.put(status.getString("messageId"), status.getString("status")));
    return last;
  }

  private static Map<String, String> lastInJson() {
    Map<String, String> last = new HashMap<>();
    stack
        .readAll("steps.statuses")
        .forEach(
            record -> {
              JsonNode status = Orders.json(record.value());
              last.put(status.get("messageId").textValue(), status.get("status").textValue());
            });
    return last;
  }

  private static List<Struct> values(String topic) {
    List<Struct> values = new ArrayList<>();
    stack
        .readBytes(topic)
        .forEach(record -> values.add((Struct) avro.read(topic, record.value()).value()));
    return values;
  }

  private static void checkInteractions() {
    List<String> ids =
        stack.simulator().messages().stream()
            .filter(message -> message.direction().equals("outgoing"))
            .map(MadeMessage::id)
            .toList();
    ids.forEach(id -> stack.simulator().interact(ConnectStack.CHANNEL, id, "clicked"));
    await("the interaction of every message that was sent is in the topic")
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> values(INTERACTIONS).size() >= ids.size());
    List<Struct> interactions = values(INTERACTIONS);
    assertThat(interactions)
        .extracting(interaction -> interaction.getString("messageId"))
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(interactions)
        .extracting(interaction -> interaction.getString("type"))
        .containsOnly("clicked");
  }

  private static void checkMessages() {
    Map<String, MadeMessage> made =
        stack.simulator().messages().stream()
            .collect(Collectors.toMap(MadeMessage::id, message -> message));
    int earlier = 0;
    for (var record : stack.readBytes(MESSAGES)) {
      SchemaAndValue read = avro.read(MESSAGES, record.value());
      Struct value = (Struct) read.value();
      if (read.schema().version() == 1) {
        earlier++;
        assertThat(value.getString("id")).isEqualTo("earlier");
        continue;
      }
      assertThat(read.schema().version()).isEqualTo(2);
      MadeMessage message = made.remove(value.getString("id"));
      assertThat(value.getStruct("body").getString("text"))
          .isEqualTo(Orders.json(message.json()).at("/body/text/text").textValue());
      String contact = message.direction().equals("incoming") ? "/sender/contact/id" : RECEIVER;
      assertThat(new String(record.key(), StandardCharsets.UTF_8))
          .isEqualTo(Orders.json(message.json()).at(contact).textValue())
          .isNotEmpty();
    }
    assertThat(earlier).isEqualTo(1);
    assertThat(made).as("messages without an event").isEmpty();
  }
}
