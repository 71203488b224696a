package dev.birdconnect.source;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WHATSAPP_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BirdSourceConnectorTest {

  private final Simulator simulator = Simulator.start(SimulatorSettings.demo());
  private final BirdSourceConnector connector = new BirdSourceConnector();

  @AfterEach
  void close() {
    connector.stop();
    simulator.close();
  }

  private List<List<String>> channelsOfTasks(int maxTasks, String... channels) {
    connector.start(TaskRun.properties(simulator, channels));
    return connector.taskConfigs(maxTasks).stream()
        .map(config -> List.of(config.get("bird.channel.ids").split(",")))
        .toList();
  }

  @Test
  void everyChannelHasExactlyOneTask() {
    String[] channels = {DEMO_SMS_CHANNEL_ID, DEMO_WHATSAPP_CHANNEL_ID, DEMO_EMAIL_CHANNEL_ID};
    assertThat(channelsOfTasks(1, channels)).containsExactly(List.of(channels));
    assertThat(channelsOfTasks(2, channels))
        .hasSize(2)
        .satisfies(
            tasks ->
                assertThat(tasks.stream().flatMap(List::stream))
                    .containsExactlyInAnyOrder(channels));
    assertThat(channelsOfTasks(8, channels)).hasSize(3);
  }

  private Map<String, List<String>> complaints(Map<String, String> properties) {
    Map<String, List<String>> complaints = new java.util.HashMap<>();
    for (ConfigValue value : connector.validate(properties).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        complaints.put(value.name(), value.errorMessages());
      }
    }
    return complaints;
  }

  @Test
  void aRightConfigurationIsValid() {
    assertThat(complaints(TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID))).isEmpty();
  }

  @Test
  void theApiIsAskedForKeyWorkspaceAndChannels() {
    String unknown = "99999999-9999-4999-8999-999999999999";
    Map<String, String> properties = TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID, unknown);
    assertThat(complaints(properties)).containsOnlyKeys("bird.channel.ids");
    assertThat(complaints(properties).get("bird.channel.ids").get(0)).contains(unknown);

    properties.put("bird.access.key", "another-key");
    assertThat(complaints(properties)).containsOnlyKeys("bird.access.key");

    properties.put("bird.api.url", "http://127.0.0.1:1");
    assertThat(complaints(properties)).containsOnlyKeys("bird.api.url");

    properties.put("bird.validate.live", "false");
    assertThat(complaints(properties)).isEmpty();
  }

  @Test
  void theApiIsNotAskedWhenASettingIsWrong() {
    Map<String, String> properties = TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID);
    properties.put("page.size", "0");
    properties.put("bird.access.key", "another-key");
    assertThat(complaints(properties)).containsOnlyKeys("page.size");
  }

  @Test
  void aMissingStoreIsNamedOnItsField() {
    Map<String, String> properties = TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID);
    properties.put("bird.ssl.truststore.location", "missing.p12");
    assertThat(complaints(properties)).containsOnlyKeys("bird.ssl.truststore.location");
  }

  @Test
  void theWorkerFindsThePlugin() {
    assertThat(ServiceLoader.load(SourceConnector.class).stream().map(ServiceLoader.Provider::type))
        .contains(BirdSourceConnector.class);
    assertThat(connector.version()).isNotBlank();
  }
}
