package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.systemtests.BothEnds.Fate;
import dev.birdconnect.systemtests.BothEnds.Made;
import dev.birdconnect.systemtests.BothEnds.Place;
import dev.birdconnect.systemtests.BothEnds.Produced;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Broken records among good ones, through a real worker. */
class PoisonIT {

  private static final int PARTITIONS = 2;
  private static final int KEYS = 4;
  private static final int ROUNDS = 3;
  private static final String PRIVATE = "for your eyes only";
  private static final String TO =
      "\"receiver\": {\"contacts\": [{\"identifierValue\": \"" + Orders.number(1) + "\"}]}";
  private static final String BODY =
      "\"body\": {\"type\": \"text\", \"text\": {\"text\": \"" + PRIVATE + "\"}}";
  private static final String TEMPLATE =
      """
      {"receiver": {"contacts": [{"identifierValue": "${value.phone}"}]},
       "body": {"type": "text", "text": {"text": "Order number ${value.number}."}},
       "tags": "${value.tags?}", "scheduledFor": "${value.at?}"}""";

  /**
   * A record that cannot become a message.
   *
   * @param value its value; null for a tombstone
   * @param reason what its dead letter says, beginning with the field
   */
  private record Broken(String value, String reason) {}

  private static ConnectStack stack;

  @BeforeAll
  static void start() {
    stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits());
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  /** Without the check against the API, which takes no longer than a call may. */
  private static Map<String, String> settings(String topic) {
    Map<String, String> settings = stack.sinkSettings(topic);
    settings.put("bird.validate.live", "false");
    return settings;
  }

  private static List<Broken> requests() {
    return List.of(
        new Broken("{" + TO + ", " + PRIVATE, "the value is not one JSON document"),
        new Broken("", "the value is empty"),
        new Broken("[]", "the value is a JSON array"),
        new Broken("{" + TO + ", \"body\": \"" + PRIVATE + "\"}", ".body: "),
        new Broken(
            "{" + TO + ", \"body\": {\"type\": \"text\", \"text\": {\"text\": 7}}}", ".body"),
        new Broken("{" + BODY + "}", ".receiver: the field is required"),
        new Broken("{" + TO + "}", ".body: neither body nor template is there"),
        new Broken("{" + TO + ", " + BODY + ", \"template\": {}}", ".body: body and template"),
        new Broken("{" + TO + ", " + BODY + ", \"colour\": 1}", ".colour: there is no such field"),
        new Broken("{" + TO + ", " + BODY + ", \"tags\": [\"not/allowed\"]}", ".tags[0]: "),
        new Broken("{" + TO + ", " + BODY + ", \"scheduledFor\": \"tomorrow\"}", ".scheduledFor: "),
        new Broken("{" + TO + ", " + BODY + ", \"reference\": \"mine\"}", ".reference: "),
        new Broken(
            "{" + TO + ", " + BODY.replace(PRIVATE, PRIVATE.repeat(15_000)) + "}",
            ".body: the request has "),
        new Broken(null, "it has no value (tombstone)"),
        // Only the API knows of this limit.
        new Broken(
            "{"
                + TO
                + ", \"body\": {\"type\": \"carousel\", \"carousel\": {\"text\": \""
                + PRIVATE.repeat(100)
                + "\", \"items\": [{\"title\": \"a\", \"mediaUrl\": \"https://media.example.org/a.png\"},"
                + " {\"title\": \"b\", \"mediaUrl\": \"https://media.example.org/b.png\"}]}}}",
            "carousel"));
  }

  private static List<Broken> fields() {
    String phone = "\"phone\": \"" + Orders.number(1) + "\"";
    return List.of(
        new Broken("{" + PRIVATE, "the value is not one JSON document"),
        new Broken("{\"number\": 1}", "${value.phone} is missing or null"),
        new Broken("{" + phone + ", \"number\": null}", "${value.number} is missing or null"),
        new Broken("{" + phone + ", \"number\": 1, \"tags\": 7}", "value.tags"),
        new Broken("{" + phone + ", \"number\": 1, \"at\": \"tomorrow\"}", ".scheduledFor: "),
        new Broken("\"" + PRIVATE + "\"", "${value.phone}"),
        new Broken(null, "it has no value (tombstone)"));
  }

  @Test
  void everyBrokenRequestIsADeadLetterAndEveryGoodOneAMessage() {
    check("requests", Map.of(), requests(), number -> Orders.good(number, number % KEYS));
  }

  @Test
  void everyRecordThatDoesNotFillTheTemplateIsADeadLetter() {
    check(
        "fields",
        Map.of("message.format", "template", "message.template", TEMPLATE),
        fields(),
        number ->
            "{\"phone\": \"%s\", \"number\": %d}".formatted(Orders.number(number % KEYS), number));
  }

  /** Mixes them: a key has good and broken records in turn. */
  private static void check(
      String topic,
      Map<String, String> settings,
      List<Broken> broken,
      Function<Integer, String> good) {
    List<Produced> produced = new ArrayList<>();
    Map<Place, String> reasons = new HashMap<>();
    long[] next = new long[PARTITIONS];
    stack.createTopic(topic, PARTITIONS);
    for (int number = 0; number < 2 * ROUNDS * broken.size(); number++) {
      String key = Orders.key(number / 2 % KEYS);
      int partition = number / 2 % PARTITIONS;
      Place place = new Place(topic, partition, next[partition]++);
      boolean spoilt = number % 2 == 1;
      Broken one = broken.get(number / 2 % broken.size());
      String value = spoilt ? one.value() : good.apply(number);
      var unused = stack.produce(topic, partition, key, value);
      produced.add(new Produced(place, key, number, spoilt ? Fate.DEAD_LETTER : Fate.MESSAGE));
      if (spoilt) {
        reasons.put(place, one.reason());
      }
    }
    stack.flush();
    Map<String, String> config = settings(topic);
    config.put("behavior.on.null.values", "report");
    config.putAll(settings);
    stack.createConnector(topic, config);
    SinkUnderTest sink = stack.sink(topic, topic);
    sink.awaitFinished(ConnectStack.PATIENCE);

    List<ConsumerRecord<String, String>> letters = stack.readAll(SinkUnderTest.deadLetters(topic));
    List<Made> made =
        stack.simulator().messages().stream()
            .filter(message -> message.reference().startsWith("bk1:" + topic + ":"))
            .map(message -> new Made(message.reference(), Orders.index(message.json())))
            .toList();
    assertThat(
            new BothEnds(topic, produced)
                .wrong(
                    made,
                    letters.stream().map(SinkUnderTest::origin).toList(),
                    stack.kafka().committed(topic)))
        .isEmpty();
    assertThat(letters)
        .allSatisfy(
            letter -> {
              Place place = SinkUnderTest.origin(letter);
              assertThat(SinkUnderTest.header(letter, "exception.message"))
                  .startsWith(at(place))
                  .contains(reasons.get(place))
                  .endsWith(".");
              assertNothingPrivate(headers(letter));
            });
  }

  private static String at(Place place) {
    return "The record at topic %s, partition %d, offset %d cannot be sent: "
        .formatted(place.topic(), place.partition(), place.offset());
  }

  private static String headers(ConsumerRecord<String, String> letter) {
    StringBuilder text = new StringBuilder();
    letter
        .headers()
        .forEach(header -> text.append(new String(header.value(), StandardCharsets.UTF_8)));
    return text.toString();
  }

  private static void assertNothingPrivate(String text) {
    assertThat(text)
        .doesNotContain(PRIVATE, Orders.number(1), Orders.number(1).substring(1), "not/allowed");
  }

  @Test
  void withoutDeadLettersTheTaskStopsAtTheRecordAndSaysWhy() {
    String topic = "strict";
    stack.createTopic(topic, 1);
    for (int number = 0; number < 5; number++) {
      var unused =
          stack.produce(
              topic,
              0,
              Orders.key(1),
              number == 3 ? Orders.unknownField(number, 1) : Orders.good(number, 1));
    }
    stack.flush();
    Map<String, String> config = settings(topic);
    config.keySet().removeIf(name -> name.startsWith("errors."));
    config.put("errors.tolerance", "none");
    stack.connect().configureConnector(topic, config);

    String trace = stack.awaitTaskFailure(topic);

    assertThat(trace)
        .contains(at(new Place(topic, 0, 3)) + ".colour: there is no such field")
        .doesNotContain("is on its way");
    assertNothingPrivate(trace);
    List<Integer> made =
        stack.simulator().messages().stream()
            .filter(message -> message.reference().startsWith("bk1:" + topic + ":"))
            .map(message -> Orders.index(message.json()))
            .toList();
    assertThat(made).as("none after it").isSubsetOf(0, 1, 2).isSorted();
    assertThat(stack.kafka().committed(topic).values())
        .as("nothing from the broken one on counts as done")
        .allMatch(offset -> offset <= made.size());
  }
}
