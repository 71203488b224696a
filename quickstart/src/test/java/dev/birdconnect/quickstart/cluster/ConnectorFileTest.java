package dev.birdconnect.quickstart.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorFileTest {

  private static final Path CONFIG = Path.of("../config");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{file:([^:}]+):([^:}]+)}");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(CONFIG)) {
      return all.filter(file -> file.toString().endsWith(".json")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileIsAConnectorNamedLikeItsFile(Path file) {
    ConnectorFile connector = ConnectorFile.read(file);

    assertThat(file.getFileName()).hasToString(connector.name() + ".json");
    assertThat(connector.setting("connector.class")).startsWith("dev.birdconnect.");
    for (Map.Entry<String, JsonNode> setting : connector.config().properties()) {
      assertThat(setting.getValue().isTextual()).as(setting.getKey()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void noFileHoldsAnAccessKey(Path file) {
    assertThat(ConnectorFile.read(file).setting("bird.access.key"))
        .isEqualTo("${file:" + ConnectorFile.BIRD_PROPERTIES + ":access.key}");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyPlaceholderIsExplainedInTheExample(Path file, @TempDir Path folder) throws IOException {
    Path properties = folder.resolve("bird.properties");
    Files.copy(CONFIG.resolve("bird.properties.example"), properties);
    ConnectorFile connector = ConnectorFile.read(file).withBirdProperties(properties);

    try (FileConfigProvider provider = new FileConfigProvider()) {
      provider.configure(Map.of());
      Matcher matcher = PLACEHOLDER.matcher(connector.json().toString());
      while (matcher.find()) {
        ConfigData data = provider.get(matcher.group(1));
        assertThat(data.data()).containsKey(matcher.group(2));
      }
    }
  }

  @Test
  void placeholdersPointToTheGivenFile() {
    ConnectorFile connector =
        ConnectorFile.read(CONFIG.resolve("bird-sink.json"))
            .withBirdProperties(Path.of("/somewhere/else.properties"));

    assertThat(connector.setting("bird.channel.id"))
        .isEqualTo("${file:/somewhere/else.properties:channel.id}");
    assertThat(connector.json().toString()).doesNotContain(ConnectorFile.BIRD_PROPERTIES);
    assertThat(connector.json().path("config").path("topics").asText())
        .isEqualTo("order-notifications");
  }

  @Test
  void aFileWithoutConfigIsRefused(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("one.json"), new ObjectMapper().createObjectNode().toString());

    assertThatThrownBy(() -> ConnectorFile.read(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("one.json is not a connector's file")
        .hasMessageContaining("no name or no config");
  }
}
