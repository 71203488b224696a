package dev.birdconnect.sink.config;

import static dev.birdconnect.sink.config.Configurations.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.sink.BirdSinkConnector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SinkConfigTest {

  private static final String UNKNOWN = "99999999-0000-4000-8000-000000000001";
  private static Simulator simulator;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits());
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @AfterEach
  void noFaults() {
    simulator.faults().clear();
  }

  private static Map<String, String> right() {
    return Configurations.right(
        "bird.validate.live",
        "true",
        "bird.api.url",
        simulator.url().toString(),
        "bird.http.request.timeout.ms",
        "60000",
        "bird.access.key",
        SimulatorSettings.DEMO_ACCESS_KEY,
        "bird.workspace.id",
        SimulatorSettings.DEMO_WORKSPACE_ID,
        "bird.channel.id",
        SimulatorSettings.DEMO_SMS_CHANNEL_ID);
  }

  private static Map<String, String> with(String setting, String value) {
    Map<String, String> properties = right();
    properties.put(setting, value);
    return properties;
  }

  @Test
  void aRightConfigurationHasNoErrors() {
    assertThat(errors(right())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bird.channel.id, no-id",
    "bird.channel.id, " + UNKNOWN,
    "bird.channel.id, ''",
    "bird.channel.by, luck",
    "bird.channel.topics, orders",
    "bird.channel.field, value.channel",
    "bird.channel.header, channel",
    "bird.workspace.by, luck",
    "bird.workspace.field, value.workspace",
    "reference.from, luck",
    "reference.field, topic",
    "reference.field, value.id",
    "message.template, {}",
    "bird.workspace.id, no-id",
    "bird.access.key, wrong-key",
    "bird.access.key, ''",
    "bird.api.url, ftp://x",
    "bird.api.url, http://127.0.0.1:1",
    "message.format, xml",
    "max.in.flight, 0",
    "max.in.flight, -5",
    "max.in.flight, 5000",
    "max.in.flight, many",
    "order.by, luck",
    "reference.namespace, a:b",
    "behavior.on.null.values, drop",
    "behavior.on.conflict, drop",
    "retry.backoff.initial.ms, 0",
    "retry.backoff.max.ms, -1",
    "retry.backoff.max.ms, 50",
    "bird.ssl.truststore.location, /no/such/store",
    "bird.ssl.keystore.location, /no/such/store",
  })
  void anErrorStandsOnItsSettingAlone(String setting, String value) {
    assertThat(errors(with(setting, value))).containsOnlyKeys(setting);
  }

  @Test
  void anUnknownWorkspaceIsAnErrorOfTheWorkspaceOrTheChannel() {
    assertThat(errors(with("bird.workspace.id", UNKNOWN)).keySet())
        .isSubsetOf("bird.workspace.id", "bird.channel.id")
        .isNotEmpty();
  }

  @Test
  void missingSettingsAreNamed() {
    assertThat(errors(Map.of("name", "shop")))
        .containsKeys("bird.access.key", "bird.workspace.id", "bird.channel.id");
  }

  @ParameterizedTest
  @CsvSource({
    "bird.channel.by, topic, bird.channel.topics",
    "bird.channel.by, field, bird.channel.field",
    "bird.channel.by, header, bird.channel.header",
    "bird.workspace.by, topic, bird.workspace.topics",
    "bird.workspace.by, field, bird.workspace.field",
    "bird.workspace.by, header, bird.workspace.header",
    "reference.from, field, reference.field",
    "reference.from, header, reference.header",
    "message.format, template, message.template",
  })
  void aChoiceNeedsItsArgument(String choice, String chosen, String argument) {
    assertThat(errors(with(choice, chosen))).containsOnlyKeys(argument);
    assertThatThrownBy(() -> new SinkConfig(with(choice, chosen)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(argument);
  }

  @Test
  void everyChannelThatIsNamedIsAsked() {
    Map<String, String> properties = with("bird.channel.by", "topic");
    properties.put(
        "bird.channel.topics",
        "orders:" + SimulatorSettings.DEMO_SMS_CHANNEL_ID + ",mail:" + UNKNOWN);
    assertThat(errors(properties)).containsOnlyKeys("bird.channel.topics");

    properties.put("bird.channel.topics", "orders:" + SimulatorSettings.DEMO_SMS_CHANNEL_ID);
    assertThat(errors(properties)).isEmpty();
    properties.put("bird.channel.id", UNKNOWN);
    assertThat(errors(properties)).containsOnlyKeys("bird.channel.id");
  }

  @Test
  void withoutAnyNamedChannelTheWorkspaceIsAsked() {
    Map<String, String> properties = with("bird.channel.by", "field");
    properties.put("bird.channel.field", "value.channel");
    properties.remove("bird.channel.id");
    assertThat(errors(properties)).isEmpty();
    properties.put("bird.access.key", "wrong-key");
    assertThat(errors(properties)).containsOnlyKeys("bird.access.key");
  }

  @Test
  void aTemplateAndTheReferenceHaveToAgree() {
    String send =
        "{\"receiver\": {\"contacts\": [{\"id\": \"${key}\"}]}, \"body\": \"${value}\"%s}";
    Map<String, String> properties = with("message.format", "template");
    properties.put("message.template", send.formatted(""));
    assertThat(errors(properties)).isEmpty();
    properties.put("reference.from", "request");
    assertThat(errors(properties)).containsOnlyKeys("message.template");
    properties.put("message.template", send.formatted(", \"reference\": \"${key}\""));
    assertThat(errors(properties)).isEmpty();
    properties.put("reference.from", "key");
    assertThat(errors(properties)).containsOnlyKeys("message.template");
  }

  @Test
  void aConnectorNameWithAColonNeedsANamespace() {
    Map<String, String> properties = with("name", "a:b");
    assertThat(errors(properties)).containsOnlyKeys("reference.namespace");
    properties.put("reference.namespace", "a-b");
    assertThat(errors(properties)).isEmpty();
  }

  @Test
  void theApiIsNotAskedWhenWhatItNeedsIsWrongOrWhenItIsSwitchedOff() {
    String rule = simulator.inject(FaultRule.answer(500));
    errors(with("bird.channel.id", "no-id"));
    assertThat(errors(with("bird.validate.live", "false"))).isEmpty();

    assertThat(simulator.faults().list().stream().filter(state -> state.id().equals(rule)))
        .allMatch(state -> state.struck() == 0);
  }

  @Test
  void theCheckIsBoundedInTime() {
    simulator.inject(FaultRule.hang());
    assertThat(errors(with("bird.http.request.timeout.ms", "300")).get("bird.api.url"))
        .singleElement()
        .asString()
        .containsAnyOf("no answer came", "did not answer within 300 ms");
  }

  @Test
  void rightsThatAreMissingAreNamed() {
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.LIST));
    assertThat(errors(right()).get("bird.access.key"))
        .singleElement()
        .asString()
        .contains("may not read the messages of the channel");
    assertThat(errors(with("doubt.policy", "send"))).as("lists are not needed").isEmpty();

    simulator.faults().clear();
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.SEND));
    assertThat(errors(right()).get("bird.access.key"))
        .singleElement()
        .asString()
        .contains("may not send through the channel");
    assertThat(simulator.size()).as("nothing is sent").isZero();
  }

  private static final String PICTURE =
      """
      {"receiver": {"contacts": [{"id": "${key}"}]}, "body": {"type": "image", "image": {"images": [
        {"mediaUrl": "%s"}]}}}""";

  @Test
  void theRightToUploadIsAskedForWhereMediaAreKnownToCome() {
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.UPLOAD));
    assertThat(errors(right())).as("nothing tells of media").isEmpty();
    Map<String, String> address = with("message.format", "template");
    address.put("message.template", PICTURE.formatted("https://media.example.org/${value.id}.png"));
    assertThat(errors(address)).as("the media are elsewhere").isEmpty();

    Map<String, String> embedded = with("message.format", "template");
    embedded.put("message.template", PICTURE.formatted("data:image/png;base64,${value.photo}"));
    for (Map<String, String> media :
        List.of(
            embedded,
            with("media.content.type", "image/png"),
            with("media.max.uploads", "4"),
            with("media.cache.entries", "0"),
            with("media.cache.ttl.ms", "1000"))) {
      assertDenied(media, "may not upload media for the channel", "presigned-upload.");
    }
  }

  @Test
  void batchesNeedTheRightToSendThemAndSingleSends() {
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.BATCH));
    assertThat(errors(right())).as("there are no batches").isEmpty();
    assertDenied(with("send.mode", "batch"), "may not send batches through", "batch/messages.");

    simulator.faults().clear();
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.SEND));
    assertDenied(with("send.mode", "batch"), "may not send through the channel", "/messages.");
    assertThat(simulator.size()).as("nothing is sent").isZero();
  }

  private static void assertDenied(Map<String, String> properties, String doing, String remedy) {
    Map<String, List<String>> errors = errors(properties);
    assertThat(errors).containsOnlyKeys("bird.access.key");
    assertThat(errors.get("bird.access.key"))
        .singleElement()
        .asString()
        .contains(doing)
        .endsWith(remedy);
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void noSwitchOfTheApiMakesARightConfigurationWrong(Choice choice) {
    try (Simulator other =
        Simulator.start(SimulatorSettings.demo().withoutRateLimits().with(choice))) {
      assertThat(errors(with("bird.api.url", other.url().toString()))).isEmpty();
      assertThat(other.size()).isZero();
    }
  }

  @Test
  void topicsWithoutAChannelAreAnError() {
    Map<String, String> properties = with("bird.channel.by", "topic");
    properties.put("topics", "orders, payments");
    properties.put("bird.channel.topics", "orders:" + SimulatorSettings.DEMO_SMS_CHANNEL_ID);
    assertThat(errors(properties)).as("there is a channel for all others").isEmpty();

    properties.remove("bird.channel.id");
    assertThat(errors(properties).get("bird.channel.topics"))
        .singleElement()
        .asString()
        .startsWith("There is no channel for payments");

    properties.put("transforms", "route");
    assertThat(errors(properties)).as("transforms may rename topics").isEmpty();
  }

  @Test
  void reportsDoNotGoToATopicThatIsRead() {
    Map<String, String> properties = with("report.topic", "orders");
    properties.put("report.producer.bootstrap.servers", "localhost:9092");
    assertThat(errors(properties)).containsOnlyKeys("report.topic");
    properties.put("report.topic", "reports");
    assertThat(errors(properties)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"6000, false", "10000, false", "10001, true", "45000, true", "often, true"})
  void aSessionIsLongerThanTheLease(String session, boolean right) {
    Map<String, String> properties = with("consumer.override.session.timeout.ms", session);
    if (right) {
      assertThat(errors(properties)).isEmpty();
    } else {
      assertThat(errors(properties)).containsOnlyKeys("consumer.override.session.timeout.ms");
    }
  }

  @Test
  void aPasswordInAnAddressIsInNoMessage() {
    assertThat(errors(with("bird.api.url", "https://ann:secret@api.bird.com")).toString())
        .contains("bird.api.url")
        .doesNotContain("secret", "ann");
    assertThat(errors(with("bird.proxy.host", "ann:secret@proxy")).toString())
        .contains("bird.proxy.host")
        .doesNotContain("secret", "ann");
  }

  @Test
  void theAccessKeyIsInNoMessage() {
    String secret = "secret-of-the-test";
    Map<String, String> properties = with("bird.access.key", secret);
    assertThat(errors(properties).toString()).doesNotContain(secret);
    assertThat(new SinkConfig(properties).toString()).doesNotContain(secret);
    properties.put("bird.access.key", secret + " with spaces");
    assertThat(errors(properties).toString()).doesNotContain(secret);
  }

  @Test
  void theNamespaceIsTheConnectorsNameUnlessItIsSet() {
    assertThat(new SinkConfig(right()).referenceNamespace()).isEqualTo("shop");
    assertThat(new SinkConfig(with("reference.namespace", "blue")).referenceNamespace())
        .isEqualTo("blue");
  }

  @Test
  void afterAnAssignmentFifteenSecondsPassAndFortyFiveWithBatches() {
    SinkConfig config = new SinkConfig(right("bird.http.request.timeout.ms"));
    Duration single = config.connection().requestTimeout().plus(config.doubtSettle());
    assertThat(single).isEqualTo(Duration.ofSeconds(15));
    assertThat(single.plus(config.batches().resultTimeout())).isEqualTo(Duration.ofSeconds(45));
  }

  private static Map<String, String> right(String without) {
    Map<String, String> properties = right();
    properties.remove(without);
    return properties;
  }

  @Test
  void everyTaskGetsTheSettingsItsConnectorsNameAndItsNumber() {
    BirdSinkConnector connector = new BirdSinkConnector();
    connector.start(right());

    List<Map<String, String>> configs = connector.taskConfigs(3);

    assertThat(configs).extracting(config -> config.get("task.id")).containsExactly("0", "1", "2");
    assertThat(configs).allSatisfy(config -> assertThat(config).containsAllEntriesOf(right()));
    connector.stop();
  }

  @Test
  void choicesAreRecommended() {
    ConfigDef.ConfigKey orderBy = SinkConfig.definition().configKeys().get("order.by");
    assertThat(orderBy.recommender.validValues("order.by", Map.of()))
        .containsExactly("key", "receiver", "partition", "none");
    assertThat(orderBy.recommender.visible("order.by", Map.of())).isTrue();
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(new BirdSinkConnector().version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(new dev.birdconnect.sink.BirdSinkTask().version())
        .isEqualTo(new BirdSinkConnector().version());
  }
}
