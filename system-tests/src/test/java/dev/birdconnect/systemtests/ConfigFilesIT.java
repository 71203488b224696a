package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.generation.HistorySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every connector configuration that the project ships, posted to a real worker. */
class ConfigFilesIT {

  private static final Path CONFIG = Path.of("..", "config");
  private static final String SECRETS = "/etc/kafka-connect-bird/bird.properties";
  private static final List<String> CHANNELS =
      List.of(ConnectStack.CHANNEL, SimulatorSettings.DEMO_WHATSAPP_CHANNEL_ID);
  private static final String CONFLUENT = "io.confluent.connect.avro.AvroConverter";

  @TempDir static Path folder;
  private static ConnectStack stack;

  @BeforeAll
  static void start() throws IOException {
    Map<String, String> worker =
        Map.of(
            "config.providers",
            "file",
            "config.providers.file.class",
            "org.apache.kafka.common.config.provider.FileConfigProvider",
            "plugin.path",
            ConnectStack.pluginPathWithAvro());
    stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits(), worker);
    Properties secrets = new Properties();
    secrets.put("api.url", stack.simulator().url().toString());
    secrets.put("access.key", SimulatorSettings.DEMO_ACCESS_KEY);
    secrets.put("workspace.id", SimulatorSettings.DEMO_WORKSPACE_ID);
    secrets.put("channel.id", ConnectStack.CHANNEL);
    secrets.put("channel.ids", String.join(",", CHANNELS));
    secrets.put("schema.registry.url", "http://localhost:8081");
    try (var out = Files.newOutputStream(folder.resolve("bird.properties"))) {
      secrets.store(out, null);
    }
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CONFIG)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Map<String, String> settings(Path file) throws IOException {
    JsonNode tree =
        Orders.json(
            Files.readString(file)
                .replace(SECRETS, folder.resolve("bird.properties").toString())
                .replace(CONFLUENT, Avro.CONVERTER));
    Map<String, String> settings = new HashMap<>();
    tree.get("config")
        .properties()
        .forEach(setting -> settings.put(setting.getKey(), setting.getValue().textValue()));
    settings.put("name", tree.get("name").textValue());
    return settings;
  }

  /** A worker puts placeholders of the connector back into the configurations of its tasks. */
  @Test
  void tasksShareTheChannelsOfAPlaceholder() throws IOException {
    Instant now = stack.simulator().clock().instant();
    for (String channel : CHANNELS) {
      stack.simulator().makeHistory(channel, HistorySpec.of(20, now.minusSeconds(60)));
    }
    Map<String, String> settings = settings(CONFIG.resolve("bird-source.json"));
    settings.put("tasks.max", "2");

    stack.createConnector("bird-source", settings);

    assertThat(stack.connect().taskConfigs("bird-source"))
        .extracting(task -> task.config().get("task.channel.ids"))
        .containsExactlyElementsOf(CHANNELS);
    await("both channels are read")
        .atMost(Duration.ofMinutes(1))
        .until(() -> stack.count("bird.messages") >= 40);
    assertThat(stack.readAll("bird.messages"))
        .extracting(ConsumerRecord::key)
        .hasSize(40)
        .doesNotHaveDuplicates();
  }

  /** Its text stands in the record twice. */
  @Test
  void aMessageOfThreeMegabytesFitsIntoARecord() throws IOException {
    String channel = SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
    stack.simulator().receiveInbound(channel, "ann@example.org", "x".repeat(3_000_000));
    Map<String, String> settings = settings(CONFIG.resolve("bird-source.json"));
    settings.put("name", "bird-source-large");
    settings.put("bird.channel.ids", channel);
    settings.put("topic.prefix", "large");

    stack.createConnector("bird-source-large", settings);

    await("the message is read")
        .atMost(Duration.ofMinutes(1))
        .until(() -> stack.count("large.messages") >= 1);
  }

  @ParameterizedTest
  @MethodSource("files")
  void isAcceptedByAWorker(Path file) throws IOException {
    Map<String, String> settings = settings(file);

    ConfigInfos answer =
        stack.connect().validateConnectorConfig(settings.get("connector.class"), settings);

    assertThat(answer.configs())
        .allSatisfy(
            info ->
                assertThat(info.configValue().errors()).as(info.configValue().name()).isEmpty());
    assertThat(answer.errorCount()).isZero();
    List<String> known = answer.configs().stream().map(info -> info.configValue().name()).toList();
    assertThat(settings.keySet().stream().filter(name -> !known.contains(name)).toList())
        .as("settings that nobody reads, converters' and topic creation's own aside")
        .allMatch(name -> name.matches("(key|value)\\.converter\\..*|topic\\.creation\\..*"));
  }

  @Test
  void thereAreVariantsForJsonAvroAndMedia() throws IOException {
    assertThat(files().stream().map(file -> file.getFileName().toString()))
        .contains(
            "bird-sink.json",
            "bird-source.json",
            "bird-sink-avro.json",
            "bird-source-avro.json",
            "bird-sink-media.json");
  }
}
