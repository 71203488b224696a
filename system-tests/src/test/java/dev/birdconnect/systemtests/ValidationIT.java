package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad configurations, posted to a real worker's {@code validate}. */
class ValidationIT {

  private static ConnectStack stack;

  @BeforeAll
  static void start() {
    stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits());
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static Map<String, String> settings(String kind) {
    Map<String, String> settings =
        kind.equals("sink") ? stack.sinkSettings("orders") : stack.sourceSettings("bird");
    settings.put("name", "bird-" + kind);
    settings.put("bird.http.request.timeout.ms", "60000");
    return settings;
  }

  private static Map<String, List<String>> errors(Map<String, String> settings) {
    ConfigInfos answer =
        stack.connect().validateConnectorConfig(settings.get("connector.class"), settings);
    return answer.configs().stream()
        .filter(info -> !info.configValue().errors().isEmpty())
        .collect(
            Collectors.toMap(
                info -> info.configValue().name(), info -> info.configValue().errors()));
  }

  @ParameterizedTest
  @CsvSource({"sink", "source"})
  void aGoodConfigurationHasNoErrors(String kind) {
    assertThat(errors(settings(kind))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sink|bird.api.url|http://localhost:1|cannot be used at this address",
        "sink|bird.api.url|not an address|http:// or https://",
        "sink|bird.access.key|wrong-key|not accepted",
        "sink|bird.access.key|''|access key",
        "sink|bird.workspace.id|7a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11|no workspace",
        "sink|bird.workspace.id|workspace|has to be an id",
        "sink|bird.channel.id|7a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11|has no channel",
        "sink|bird.channel.id|sms|has to be an id",
        "sink|max.in.flight|-1|at least",
        "sink|bird.http.request.timeout.ms|-5|at least",
        "sink|bird.http.request.timeout.ms|soon|Not a number",
        "sink|bird.rate.post.per.second|-1|at least",
        "sink|retry.backoff.initial.ms|-1|at least",
        "sink|reference.namespace|a:b|colon",
        "sink|behavior.on.null.values|explode|ignore",
        "sink|message.format|morse|request",
        "sink|message.format|template|needs it",
        "sink|message.template|{}|not a send request",
        "sink|bird.rate.get.per.second|51|no more than",
        "sink|bird.validate.live|maybe|true or false",
        "sink|bird.http.version|3|1.1",
        "sink|bird.proxy.host|http://proxy|without http://",
        "sink|bird.proxy.port|0|at least",
        "sink|bird.proxy.user|ann|bird.proxy.host is empty",
        "sink|bird.proxy.password|secret|bird.proxy.user is empty",
        "sink|bird.ssl.truststore.location|/no/such/store|cannot be read",
        "sink|bird.ssl.truststore.password|secret|bird.ssl.truststore.location is empty",
        "sink|bird.ssl.truststore.type|ZIP|PKCS12",
        "sink|bird.ssl.keystore.location|/no/such/store|cannot be read",
        "sink|bird.ssl.key.password|secret|bird.ssl.keystore.location is empty",
        "sink|bird.channel.by|topic|needs it",
        "sink|bird.channel.by|luck|header",
        "sink|bird.channel.topics|orders|pairs topic:id",
        "sink|bird.channel.field|value.channel|does not use it",
        "sink|bird.channel.field|topic|field of value, key or header",
        "sink|bird.channel.header|channel|does not use it",
        "sink|bird.workspace.by|field|needs it",
        "sink|bird.workspace.header|workspace|does not use it",
        "sink|order.by|luck|receiver",
        "sink|behavior.on.conflict|explode|retry",
        "sink|doubt.policy|hope|report",
        "sink|doubt.settle.ms|-1|at least",
        "sink|doubt.max.pages|0|at least",
        "sink|doubt.timestamp.slack.ms|-2|at least",
        "sink|retry.backoff.max.ms|50|at least 100",
        "sink|reference.from|luck|header",
        "sink|reference.field|value..id|names no field",
        "sink|reference.header|order|does not use it",
        "sink|report.value.converter|no.such.Converter|could not be found",
        "source|bird.api.url|http://localhost:1|cannot be used at this address",
        "source|bird.access.key|wrong-key|not accepted",
        "source|bird.workspace.id|7a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11|no workspace",
        "source|bird.channel.ids|7a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11|has no channel",
        "source|bird.channel.ids|''|at least one",
        "source|bird.channel.ids|sms|list of ids",
        "source|bird.channel.discovery|some|one of",
        "source|bird.channel.platform.regex|sms|does not use it",
        "source|bird.channel.platform.regex|(|regular expression",
        "source|heartbeat.topic|a b|letters, digits",
        "source|poll.interval.ms|-1|at least",
        "source|overlap.ms|-1|at least",
        "source|status.max.age.ms|-1|at least",
        "source|topic.prefix|a b|topic"
      })
  void aBadSettingIsAnsweredOnItsFieldInASentence(
      String kind, String name, String value, String sentence) {
    Map<String, String> settings = settings(kind);
    settings.put(name, value);

    Map<String, List<String>> errors = errors(settings);
    // A choice without its argument is an error of the argument.
    String field = sentence.equals("needs it") ? argument(name, value) : name;

    assertThat(errors).containsOnlyKeys(field);
    assertThat(errors.get(field))
        .singleElement()
        .satisfies(error -> assertThat(error).contains(sentence).doesNotContain("secret"));
  }

  private static String argument(String choice, String value) {
    return choice.equals("message.format")
        ? "message.template"
        : choice.substring(0, choice.lastIndexOf('.') + 1)
            + (value.equals("topic") ? "topics" : value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|not one JSON document",
        "[]|has to be a JSON object",
        "{\"receiver\": {\"contacts\": [{\"id\": \"${key}\"}]}}|.body: neither body nor template is there",
        "{\"receiver\": {\"contacts\": []}, \"body\": \"${value}\"}|.receiver.contacts: there is no contact",
        "{\"receiver\": \"${value.r}\", \"body\": \"${value.b}\", \"colour\": 1}|.colour: there is no such field",
        "{\"receiver\": \"${value.r}\", \"body\": \"${valve.b}\"}|${valve.b} is wrong: it has to begin with value, key",
        "{\"receiver\": \"${value.r}\", \"body\": \"${value.b?:-x}\"}|optional and has a default",
        "{\"receiver\": \"${value.r}\", \"body\": \"${value.b\"}|has no closing brace",
        "{\"receiver\": \"${value.r}\", \"body\": \"${value.b}\", \"reference\": \"x\"}|reference is made by the connector"
      })
  void aBadTemplateIsAnsweredWithThePlaceAndTheRemedy(String template, String sentence) {
    Map<String, String> settings = settings("sink");
    settings.put("message.format", "template");
    settings.put("message.template", template);

    Map<String, List<String>> errors = errors(settings);

    assertThat(errors).containsOnlyKeys("message.template");
    assertThat(errors.get("message.template")).singleElement().asString().contains(sentence);
  }

  @ParameterizedTest
  @CsvSource({"sink", "source"})
  void rightsThatAreMissingAreNamed(String kind) {
    String fault = stack.simulator().inject(FaultRule.answer(403).onCall(ApiCall.LIST));
    try {
      assertThat(errors(settings(kind)).get("bird.access.key"))
          .singleElement()
          .asString()
          .contains("may not read the messages of the channel", "Let its role use GET ");
    } finally {
      stack.simulator().faults().remove(fault);
    }
  }

  @Test
  void theRightToSendIsFoundOutWithoutSending() {
    String fault = stack.simulator().inject(FaultRule.answer(403).onCall(ApiCall.SEND));
    try {
      assertThat(errors(settings("sink")).get("bird.access.key"))
          .singleElement()
          .asString()
          .contains("may not send through the channel", "Let its role use POST ");
      assertThat(errors(settings("source"))).as("it sends nothing").isEmpty();
    } finally {
      stack.simulator().faults().remove(fault);
    }
    assertThat(stack.simulator().size()).isZero();
  }

  @Test
  void theConnectorDoesNotReadItsOwnReports() {
    Map<String, String> settings = settings("sink");
    settings.put("report.topic", "orders");
    settings.put("report.producer.bootstrap.servers", "localhost:1");
    assertThat(errors(settings)).containsOnlyKeys("report.topic");
  }

  @ParameterizedTest
  @CsvSource({
    "sink, bird.access.key",
    "sink, bird.workspace.id",
    "sink, bird.channel.id",
    "source, bird.access.key",
    "source, bird.workspace.id",
    "source, bird.channel.ids",
    "source, topic.prefix"
  })
  void aMissingSettingIsNamed(String kind, String name) {
    Map<String, String> settings = settings(kind);
    settings.remove(name);
    assertThat(errors(settings).get(name))
        .singleElement()
        .asString()
        .containsIgnoringCase("missing");
  }

  /** JSON's null. */
  @ParameterizedTest
  @CsvSource({"sink", "source"})
  void aSettingWithoutAValueIsNotGiven(String kind) {
    Map<String, String> settings = settings(kind);
    settings.put("bird.proxy.host", null);
    assertThat(errors(settings)).isEmpty();
    settings.put("bird.workspace.id", null);
    assertThat(errors(settings)).containsOnlyKeys("bird.workspace.id");
  }

  @Test
  void theLiveCheckCanBeSwitchedOff() {
    Map<String, String> settings = settings("sink");
    settings.put("bird.api.url", "http://localhost:1");
    settings.put("bird.validate.live", "false");
    assertThat(errors(settings)).isEmpty();
  }

  @Test
  void everySettingOfOursHasItsGroupAndDisplayName() {
    for (String kind : List.of("sink", "source")) {
      Map<String, String> settings = new HashMap<>(settings(kind));
      ConfigInfos answer =
          stack.connect().validateConnectorConfig(settings.get("connector.class"), settings);
      List<ConfigInfo> ours =
          answer.configs().stream()
              .filter(info -> info.configKey() != null)
              .filter(info -> info.configKey().name().startsWith("bird."))
              .toList();
      assertThat(ours).hasSizeGreaterThan(10);
      assertThat(ours)
          .allSatisfy(
              info -> {
                assertThat(info.configKey().group()).isNotBlank();
                assertThat(info.configKey().displayName()).isNotEqualTo(info.configKey().name());
              });
    }
  }
}
