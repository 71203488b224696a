package dev.birdconnect.source;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WHATSAPP_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.generation.HistorySpec;
import dev.birdconnect.source.config.SourceConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BirdSourceConnectorTest {

  private final Simulator simulator = Simulator.start(SimulatorSettings.demo());
  private static final Map<String, Object> START = Map.of("startTimestamp", "2031-03-01T13:00:00Z");

  private final BirdSourceConnector connector = new BirdSourceConnector();
  private final Worker worker = new Worker();

  /** Counts how often it is asked for tasks of another configuration. */
  private static final class Worker implements SourceConnectorContext {

    private final AtomicInteger requests = new AtomicInteger();

    @Override
    public void requestTaskReconfiguration() {
      requests.incrementAndGet();
    }

    @Override
    public void raiseError(Exception e) {
      throw new IllegalStateException(e);
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      throw new UnsupportedOperationException("The connector itself reads no offsets.");
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException("The connector itself has no metrics.");
    }
  }

  @AfterEach
  void close() {
    connector.stop();
    simulator.close();
  }

  private List<List<String>> channelsOfTasks(int maxTasks, String... channels) {
    connector.start(TaskRun.properties(simulator, channels));
    return connector.taskConfigs(maxTasks).stream()
        .map(config -> new SourceConfig(config).channelIds())
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

  /** The worker would give every task the placeholder that the connector has there. */
  @Test
  void whatTasksReadStandsUnderNoSettingOfTheConnector() {
    Map<String, String> properties =
        TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID, DEMO_WHATSAPP_CHANNEL_ID);
    connector.start(properties);
    assertThat(connector.taskConfigs(2))
        .hasSize(2)
        .allSatisfy(
            config -> {
              config.keySet().retainAll(connector.config().names());
              assertThat(properties).containsAllEntriesOf(config);
              assertThat(config).doesNotContainKeys("bird.channel.ids", "bird.channel.discovery");
            });
  }

  @Test
  void aSettingWithoutAValueIsNotGiven() {
    Map<String, String> properties = TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID);
    properties.put("start.from", null);
    properties.put("topic.creation.groups", null);
    assertThat(complaints(properties)).isEmpty();
    connector.start(properties);
    assertThat(connector.taskConfigs(1))
        .singleElement()
        .satisfies(task -> assertThat(task).doesNotContainValue(null));
    assertThat(connector.alterOffsets(properties, Map.of(partition(DEMO_SMS_CHANNEL_ID), START)))
        .isTrue();
  }

  @Test
  void aChannelIsOneInWhateverCase() {
    String upper = DEMO_SMS_CHANNEL_ID.toUpperCase(Locale.ROOT);
    assertThat(channelsOfTasks(1, upper)).containsExactly(List.of(DEMO_SMS_CHANNEL_ID));
    assertThatThrownBy(() -> channelsOfTasks(2, upper, DEMO_SMS_CHANNEL_ID))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none twice");
  }

  private Map<String, String> discovering(String how, String regex) {
    Map<String, String> properties = TaskRun.properties(simulator);
    properties.remove("bird.channel.ids");
    properties.put("bird.channel.discovery", how);
    properties.put("bird.channel.platform.regex", regex);
    properties.put("channels.refresh.interval.ms", "1000");
    return properties;
  }

  private List<String> discovered() {
    return connector.taskConfigs(1).stream()
        .flatMap(config -> new SourceConfig(config).channelIds().stream())
        .toList();
  }

  @Test
  void channelsAreDiscovered() {
    connector.initialize(worker);
    connector.start(discovering("workspace", ""));
    assertThat(discovered())
        .containsExactly(DEMO_SMS_CHANNEL_ID, DEMO_WHATSAPP_CHANNEL_ID, DEMO_EMAIL_CHANNEL_ID);
    connector.stop();

    connector.start(discovering("platform", "(?i)SMS|email"));
    assertThat(discovered()).containsExactly(DEMO_SMS_CHANNEL_ID, DEMO_EMAIL_CHANNEL_ID);
  }

  @Test
  void tasksAreConfiguredAnewWhenChannelsComeAndGo() {
    connector.initialize(worker);
    connector.start(discovering("workspace", ""));
    assertThat(connector.taskConfigs(8)).hasSize(3);
    String added = "4d8f6eb2-0f51-4073-9e9b-61c25fb09e44";
    simulator.addChannel(
        SimulatorSettings.DEMO_WORKSPACE_ID,
        ChannelSettings.of(UUID.fromString(added), "sms", "Another"));
    await().until(() -> worker.requests.get() == 1);
    assertThat(connector.taskConfigs(8))
        .hasSize(4)
        .extracting(config -> config.get("task.id"))
        .containsExactly("0", "1", "2", "3");

    simulator.removeChannel(added);
    await().until(() -> worker.requests.get() == 2);
    assertThat(connector.taskConfigs(8)).hasSize(3);

    simulator.inject(FaultRule.unavailable().onCall(ApiCall.LIST_CHANNELS));
    long before = simulator.traffic().total("GET", 503);
    await().until(() -> simulator.traffic().total("GET", 503) >= before + 2);
    assertThat(connector.taskConfigs(8)).hasSize(3);
    assertThat(worker.requests).hasValue(2);
  }

  @Test
  void withoutAFirstAnswerTheWorkerIsToldWhyAndThatItComesLater() {
    String fault = simulator.inject(FaultRule.answer(403).onCall(ApiCall.LIST_CHANNELS));
    connector.initialize(worker);
    connector.start(discovering("workspace", ""));
    assertThatThrownBy(() -> connector.taskConfigs(1))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("403")
        .hasMessageContaining("GET /workspaces/{workspaceId}/channels");
    simulator.faults().remove(fault);
    await().until(() -> worker.requests.get() == 1);
    assertThat(discovered()).hasSize(3);
  }

  @Test
  void stopEndsTheThreadOfTheDiscovery() {
    connector.initialize(worker);
    connector.start(discovering("workspace", ""));
    assertThat(threads()).contains("bird-source-channels-events");
    connector.stop();
    assertThat(threads()).doesNotContain("bird-source-channels-events");
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  @Test
  void offsetsOfDiscoveredChannelsCanBeSet() {
    Map<String, String> properties = discovering("platform", "sms");
    connector.alterOffsets(properties, Map.of(partition(DEMO_SMS_CHANNEL_ID), START));
    assertThatThrownBy(
            () ->
                connector.alterOffsets(properties, Map.of(partition(DEMO_EMAIL_CHANNEL_ID), START)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("does not read the channel " + DEMO_EMAIL_CHANNEL_ID);

    Map<Map<String, ?>, Map<String, ?>> deleted = new HashMap<>();
    deleted.put(partition(DEMO_EMAIL_CHANNEL_ID), null);
    assertThat(connector.alterOffsets(properties, deleted)).isTrue();

    simulator.inject(FaultRule.unavailable().onCall(ApiCall.LIST_CHANNELS));
    assertThat(connector.alterOffsets(properties, Map.of(partition(DEMO_EMAIL_CHANNEL_ID), START)))
        .as("nobody knows whether it is read")
        .isTrue();
  }

  @Test
  void aListWithoutChannelsRefusesNoOffset() {
    Map<String, String> properties = discovering("platform", "pigeon");
    assertThat(connector.alterOffsets(properties, Map.of(partition(DEMO_SMS_CHANNEL_ID), START)))
        .as("it changes nothing of what tasks read either")
        .isTrue();
  }

  private static Map<String, ?> partition(String channelId) {
    return Map.of("workspaceId", SimulatorSettings.DEMO_WORKSPACE_ID, "channelId", channelId);
  }

  @Test
  void validationLooksForTheChannels() {
    assertThat(complaints(discovering("workspace", ""))).isEmpty();
    assertThat(complaints(discovering("platform", "sms"))).isEmpty();
    assertThat(complaints(discovering("platform", "pigeon")).get("bird.channel.platform.regex"))
        .containsExactly("The workspace has no channel whose platform matches it.");

    simulator.inject(FaultRule.answer(403).onCall(ApiCall.LIST).next(1));
    assertThat(complaints(discovering("platform", "sms")).get("bird.access.key"))
        .singleElement()
        .asString()
        .contains("may not read the messages of the channel");
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.LIST_CHANNELS).next(1));
    assertThat(complaints(discovering("workspace", "")).get("bird.access.key"))
        .singleElement()
        .asString()
        .contains("may not list the channels", "Let its role use GET ");
    simulator.inject(FaultRule.tooManyRequests().onCall(ApiCall.LIST_CHANNELS));
    assertThat(complaints(discovering("workspace", ""))).as("what is not known").isEmpty();
  }

  /** Listing the channels, finding them and reading one takes longer together. */
  @Test
  void anApiThatIsSlowButRightIsNoComplaint() {
    simulator.inject(FaultRule.latency(Duration.ofMillis(800)).onMethod("GET"));
    Map<String, String> properties = discovering("workspace", "");
    properties.put("bird.http.request.timeout.ms", "2000");
    assertThat(complaints(properties)).isEmpty();

    properties.put("bird.http.request.timeout.ms", "400");
    assertThat(complaints(properties).get("bird.api.url"))
        .singleElement()
        .asString()
        .contains("did not answer within 400 ms");
  }

  private Map<String, String> withInteractions() {
    Map<String, String> properties = TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID);
    properties.put("interactions.enabled", "true");
    return properties;
  }

  private void makePast(double incoming) {
    simulator.makeHistory(
        DEMO_SMS_CHANNEL_ID, HistorySpec.of(3, simulator.clock().instant()).withIncoming(incoming));
  }

  @Test
  void theApiIsAskedWhetherInteractionsMayBeRead() {
    makePast(0);
    assertThat(complaints(withInteractions())).isEmpty();

    simulator.inject(FaultRule.answer(403).onCall(ApiCall.INTERACTIONS));
    Map<String, List<String>> complaints = complaints(withInteractions());
    assertThat(complaints).containsOnlyKeys("interactions.enabled");
    assertThat(complaints.get("interactions.enabled"))
        .singleElement()
        .asString()
        .contains(
            "may not read the interactions of the channel " + DEMO_SMS_CHANNEL_ID,
            "403",
            "Let its role use GET",
            "/messages/{messageId}/interactions",
            "interactions.enabled=false");
    Map<String, String> discovering = discovering("platform", "sms");
    discovering.put("interactions.enabled", "true");
    assertThat(complaints(discovering)).containsOnlyKeys("interactions.enabled");
    assertThat(complaints(TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID)))
        .as("nobody wants them")
        .isEmpty();
  }

  @Test
  void withoutASentMessageNothingIsKnownOfTheRightToInteractions() {
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.INTERACTIONS));
    assertThat(complaints(withInteractions())).as("without a message").isEmpty();
    makePast(1);
    assertThat(complaints(withInteractions())).as("with incoming ones only").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {402, 404, 422, 429, 500})
  void anAnswerThatDoesNotTellTheRightToInteractionsIsNoComplaint(int status) {
    makePast(0);
    simulator.inject(FaultRule.answer(status).onCall(ApiCall.INTERACTIONS));
    assertThat(complaints(withInteractions())).isEmpty();
  }

  @Test
  void theRightToInteractionsIsNotWaitedForLong() {
    makePast(0);
    simulator.inject(FaultRule.hang().onCall(ApiCall.INTERACTIONS));
    Map<String, String> properties = withInteractions();
    properties.put("bird.http.request.timeout.ms", "1000");
    long begun = System.nanoTime();
    assertThat(complaints(properties)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  private Map<String, List<String>> complaints(Map<String, String> properties) {
    Map<String, List<String>> complaints = new HashMap<>();
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
