package dev.birdconnect.sink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class ReportConfigTest {

  private static Map<String, String> settings(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  private static SinkConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("name", "shop");
    all.put("bird.access.key", "secret");
    all.put("bird.workspace.id", "99999999-0000-4000-8000-000000000001");
    all.put("bird.channel.id", "99999999-0000-4000-8000-000000000002");
    return new SinkConfig(all);
  }

  @Test
  void withoutATopicThereAreNoReports() {
    assertThat(config(Map.of()).reports()).isEmpty();
    assertThat(ReportConfig.complaints(Map.of())).isEmpty();
  }

  @Test
  void aTopicNeedsItsBrokers() {
    Map<String, String> settings = settings("report.topic", "reports");

    assertThat(ReportConfig.complaints(settings))
        .containsOnlyKeys("report.producer.bootstrap.servers");
    assertThatThrownBy(() -> config(settings).reports())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("report.producer.bootstrap.servers")
        .hasMessageContaining("has to name the brokers");
  }

  @Test
  void settingsOfTheProducerNeedATopic() {
    assertThat(ReportConfig.complaints(settings("report.producer.acks", "all")))
        .containsOnlyKeys("report.topic");
  }

  @Test
  void producerAndConvertersAreTriedOut() {
    Map<String, String> settings =
        settings(
            "report.topic", "reports",
            "report.producer.bootstrap.servers", "localhost:9092",
            "report.producer.acks", "some",
            "report.key.converter", "java.lang.String",
            "report.value.converter.schemas.cache.size", "many");

    assertThat(ReportConfig.complaints(settings))
        .containsOnlyKeys(
            "report.producer.bootstrap.servers", "report.key.converter", "report.value.converter")
        .allSatisfy((setting, sentence) -> assertThat(sentence).startsWith("It cannot be used: "));
  }

  @Test
  void theProducerIsSafeUnlessToldOtherwiseAndWritesBytesAlways() {
    Map<String, String> settings =
        settings(
            "report.topic", "reports",
            "report.producer.bootstrap.servers", "a:1,b:2",
            "report.producer.linger.ms", "7",
            "report.producer.key.serializer", "mine");

    Map<String, Object> producer = config(settings).reports().orElseThrow().producer("client");

    assertThat(producer)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("client.id", "client")
        .containsEntry("linger.ms", "7")
        .containsEntry("bootstrap.servers", "a:1,b:2");
    assertThat(producer.get("key.serializer")).asString().contains("ByteArraySerializer");
    assertThat(ReportConfig.complaints(settings)).isEmpty();
  }

  @Test
  void reportsAreJsonWithoutSchemaUnlessToldOtherwise() {
    Map<String, String> settings =
        settings("report.topic", "reports", "report.producer.bootstrap.servers", "a:1");
    Schema schema = SchemaBuilder.struct().field("a", Schema.INT32_SCHEMA).build();
    Struct value = new Struct(schema).put("a", 1);

    assertThat(
            config(settings)
                .reports()
                .orElseThrow()
                .valueConverter()
                .fromConnectData("reports", schema, value))
        .asString()
        .isEqualTo("{\"a\":1}");
    settings.put("report.value.converter.schemas.enable", "true");
    assertThat(
            config(settings)
                .reports()
                .orElseThrow()
                .valueConverter()
                .fromConnectData("reports", schema, value))
        .asString()
        .contains("\"schema\"");
  }
}
