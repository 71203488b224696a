package dev.birdconnect.source.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.common.metrics.MetricsPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceMetricsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "source-metrics.md");

  @Test
  void thePageInTheDocumentationIsCurrent() throws IOException {
    String page = MetricsPage.markdown("source", List.of(SourceMetric.values()));
    if (Boolean.getBoolean("metrics.page.write")) {
      Files.writeString(PAGE, page, StandardCharsets.UTF_8);
    }

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE, StandardCharsets.UTF_8) : "")
        .as(
            "docs/source-metrics.md is not what the definitions say. Write it again with: ./mvnw"
                + " -pl source-connector -am test -Dtest=SourceMetricsPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dmetrics.page.write=true")
        .isEqualTo(page);
  }
}
