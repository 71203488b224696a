package dev.birdconnect.sink.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.common.config.ConfigReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

  private static final Path PAGE = Path.of("..", "docs", "sink-configuration.md");

  @Test
  void thePageInTheDocumentationIsCurrent() throws IOException {
    String page =
        ConfigReference.markdown(
            "Configuration of the Bird sink connector", SinkConfig.definition());
    if (Boolean.getBoolean("config.reference.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page, StandardCharsets.UTF_8);
    }

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE, StandardCharsets.UTF_8) : "")
        .as(
            "docs/sink-configuration.md is not what the connector's definition says. Write it"
                + " again with: ./mvnw -pl sink-connector -am test -Dtest=ConfigReferenceTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dconfig.reference.write=true")
        .isEqualTo(page);
  }
}
