package dev.birdconnect.source.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.common.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SourceConfigurationPageTest {

  private static final String WRITE = "bird.docs.write";
  private static final String COMMAND =
      "./mvnw -pl source-connector -am test -Dtest=SourceConfigurationPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dbird.docs.write=true";
  private static final Path PAGE = Path.of("..", "docs", "source-configuration.md");

  @Test
  void thePageIsCurrent() throws IOException {
    String page =
        ConfigReference.markdown("Settings of BirdSourceConnector", SourceConfig.DEFINITION);
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as("docs/source-configuration.md is not what the definition says; write it: %s", COMMAND)
        .hasContent(page);
  }
}
