package dev.birdconnect.sink.config;

import static dev.birdconnect.sink.config.Configurations.errors;
import static dev.birdconnect.sink.config.Configurations.right;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting with a wrong value: one sentence, on that setting alone. */
class SinkSettingsTest {

  private static final Map<String, String> REPORTS =
      Map.of("report.topic", "reports", "report.producer.bootstrap.servers", "localhost:9092");
  private static final Map<String, String> BATCHES = Map.of("send.mode", "batch");

  /**
   * @param setting the setting
   * @param value a wrong value
   * @param sentence a part of what is said of it
   * @param others further settings
   */
  private record Wrong(String setting, String value, String sentence, Map<String, String> others) {
    @Override
    public String toString() {
      return setting + "=" + value;
    }
  }

  private static Wrong wrong(String setting, String value, String sentence) {
    return new Wrong(setting, value, sentence, Map.of());
  }

  static Stream<Wrong> wrongs() {
    return Stream.concat(numbers(), Stream.concat(connection(), behaviour()));
  }

  private static boolean isNumber(ConfigDef.ConfigKey key) {
    return key.type == ConfigDef.Type.INT || key.type == ConfigDef.Type.LONG;
  }

  private static Stream<Wrong> numbers() {
    return SinkConfig.definition().configKeys().values().stream()
        .filter(SinkSettingsTest::isNumber)
        .flatMap(
            key ->
                Stream.of(
                    wrong(key.name, "soon", "Not a number"),
                    wrong(key.name, "-7", "It has to be at least "),
                    wrong(
                        key.name,
                        key.type == ConfigDef.Type.INT ? "2147483647" : "9223372036854775807",
                        " and no more than ")));
  }

  private static Stream<Wrong> connection() {
    return Stream.of(
        wrong("bird.access.key", "two words", "has to be the access key"),
        wrong("bird.workspace.id", "workspace", "has to be an id"),
        wrong("bird.api.url", "api.bird.com", "http:// or https://"),
        wrong("bird.validate.live", "maybe", "true or false"),
        wrong("bird.proxy.host", "http://proxy", "without http://"),
        wrong("bird.proxy.user", "ann", "bird.proxy.host is empty"),
        wrong("bird.proxy.password", "secret", "bird.proxy.user is empty"),
        wrong("bird.ssl.truststore.location", "/no/such/store", "cannot be read"),
        wrong("bird.ssl.truststore.password", "secret", "bird.ssl.truststore.location is empty"),
        wrong("bird.ssl.truststore.type", "ZIP", "PKCS12"),
        wrong("bird.ssl.keystore.location", "/no/such/store", "cannot be read"),
        wrong("bird.ssl.keystore.password", "secret", "bird.ssl.keystore.location is empty"),
        wrong("bird.ssl.keystore.type", "ZIP", "PKCS12"),
        wrong("bird.ssl.key.password", "secret", "bird.ssl.keystore.location is empty"),
        wrong("bird.http.version", "3", "1.1"));
  }

  private static Stream<Wrong> behaviour() {
    return Stream.of(
        wrong("bird.channel.id", "sms", "has to be an id"),
        wrong("bird.channel.by", "luck", "header"),
        wrong("bird.channel.topics", "orders", "pairs topic:id"),
        wrong("bird.channel.field", "topic", "field of value, key or header"),
        wrong("bird.channel.header", "channel", "does not use it"),
        wrong("bird.workspace.by", "luck", "header"),
        wrong("bird.workspace.topics", "orders:x", "pairs topic:id"),
        wrong("bird.workspace.field", "value..id", "names no field"),
        wrong("bird.workspace.header", "workspace", "does not use it"),
        wrong("message.format", "morse", "template"),
        wrong("message.template", "{}", "not a send request"),
        wrong("message.template", "{\"reciever\": 1}", ".reciever: there is no such field"),
        wrong("message.template", "{\"tags\": [\"${vaule}\"]}", "${vaule} is wrong"),
        wrong("media.content.type", "picture", "has to be a media type"),
        wrong("reference.namespace", "a:b", "colon"),
        wrong("reference.from", "luck", "header"),
        wrong("reference.field", "value..id", "names no field"),
        wrong("reference.header", "order", "does not use it"),
        wrong("order.by", "luck", "receiver"),
        wrong("retry.backoff.max.ms", "50", "at least 100, the value of retry.backoff.initial.ms"),
        wrong("send.mode", "pigeon", "batch"),
        new Wrong("batch.order", "luck", "array", BATCHES),
        wrong("batch.order", "array", "send.mode=single does not use it"),
        wrong("batch.max.sends", "10", "send.mode=single does not use it"),
        wrong("batch.linger.ms", "10", "send.mode=single does not use it"),
        wrong("batch.result.timeout.ms", "10", "send.mode=single does not use it"),
        wrong("doubt.policy", "hope", "report"),
        wrong("behavior.on.null.values", "explode", "ignore"),
        wrong("behavior.on.conflict", "explode", "retry"),
        wrong("report.topic", "a topic", "the name of a topic"),
        new Wrong("report.topic", "orders", "reads this topic", REPORTS),
        new Wrong("report.producer.bootstrap.servers", "", "name the brokers", REPORTS),
        new Wrong("report.producer.bootstrap.servers", "broker-1", "pairs host:port", REPORTS),
        new Wrong("report.producer.bootstrap.servers", "a:1,b", "pairs host:port", REPORTS),
        new Wrong("report.producer.bootstrap.servers", "a:port", "pairs host:port", REPORTS),
        new Wrong("report.key.converter", "no.such.Converter", "could not be found", REPORTS),
        new Wrong("report.key.converter", "java.lang.String", "has to be a converter", REPORTS),
        new Wrong("report.value.converter", "no.such.Converter", "could not be found", REPORTS),
        new Wrong("report.value.converter", "java.lang.String", "has to be a converter", REPORTS));
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void aWrongValueIsAnsweredInOneSentenceOnItsSetting(Wrong wrong) {
    Map<String, String> properties = right();
    properties.putAll(wrong.others());
    properties.put(wrong.setting(), wrong.value());

    Map<String, List<String>> errors = errors(properties);

    assertThat(errors).containsOnlyKeys(wrong.setting());
    assertThat(errors.get(wrong.setting()))
        .singleElement()
        .satisfies(error -> assertThat(error).contains(wrong.sentence()).doesNotContain("secret"));
  }

  @Test
  void withoutTheWrongValueThereIsNothingToSay() {
    for (Map<String, String> others : List.of(Map.<String, String>of(), REPORTS, BATCHES)) {
      Map<String, String> properties = right();
      properties.putAll(others);
      assertThat(errors(properties)).isEmpty();
    }
  }

  @Test
  void theWorkspaceIsNeededHoweverRecordsChooseTheirs() {
    Map<String, String> properties =
        right("bird.workspace.by", "header", "bird.workspace.header", "workspace");
    assertThat(errors(properties)).isEmpty();
    properties.remove("bird.workspace.id");
    assertThat(errors(properties)).containsOnlyKeys("bird.workspace.id");
  }

  @Test
  void noSettingIsLeftOut() {
    Set<String> tried = wrongs().map(Wrong::setting).collect(Collectors.toCollection(HashSet::new));
    assertThat(tried).isEqualTo(SinkConfig.definition().names());
  }
}
