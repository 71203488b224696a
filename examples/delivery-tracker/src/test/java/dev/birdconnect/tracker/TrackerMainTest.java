package dev.birdconnect.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class TrackerMainTest {

  private static final String FILE = Path.of("delivery-tracker.properties").toString();

  @Test
  void theFileIsReadAndArgumentsGoBeforeIt() throws IOException {
    Map<String, String> settings =
        TrackerMain.settings(new String[] {FILE, "bootstrap.servers=kafka:1", "stores=in_memory"});
    assertThat(settings)
        .containsEntry("bootstrap.servers", "kafka:1")
        .containsEntry("reports.topic", "order-notifications.reports");
    TrackerConfig config = new TrackerConfig(settings);
    assertThat(config.stores()).isEqualTo(StoreKind.IN_MEMORY);
    assertThat(config.statusesTopic()).isEqualTo("bird.statuses");
    assertThat(config.streams())
        .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "delivery-tracker")
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
        .doesNotContainKeys("reports.topic", "stores");
  }

  @Test
  void anAddressThatIsNoneEndsTheProgramAtOnce() {
    Map<String, String> settings =
        Map.of(
            "reports.topic", "r", "statuses.topic", "s", "bootstrap.servers", "nowhere.invalid:1");
    assertThat(TrackerMain.run(settings)).isEqualTo(2);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> TrackerMain.settings(new String[0])).hasMessageContaining("missing");
    assertThatThrownBy(() -> TrackerMain.settings(new String[] {"nowhere.properties"}))
        .hasMessageContaining("nowhere.properties");
    assertThatThrownBy(() -> TrackerMain.settings(new String[] {FILE, "stores"}))
        .hasMessageContaining("argument 2");
    assertThatThrownBy(() -> new TrackerConfig(Map.of("reports.topic", "r")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("statuses.topic");
    Map<String, String> settings =
        new HashMap<>(Map.of("reports.topic", "r", "statuses.topic", "s", "stores", "tape"));
    assertThatThrownBy(() -> new TrackerConfig(settings)).hasMessageContaining("stores");
  }
}
