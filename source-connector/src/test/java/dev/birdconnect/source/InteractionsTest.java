package dev.birdconnect.source;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.generation.HistorySpec;
import dev.birdconnect.simulator.life.LifeProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interactions by the task against the API over HTTP. */
class InteractionsTest {

  private static final int MESSAGES = 6;

  private final Simulator simulator =
      Simulator.start(
          SimulatorSettings.demo()
              .withoutRateLimits()
              .withProfile(
                  LifeProfile.steady()
                      .withDelays(
                          Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(50))));
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    simulator.close();
  }

  private Map<String, String> properties() {
    Map<String, String> properties = TaskRun.properties(simulator, DEMO_EMAIL_CHANNEL_ID);
    properties.put("interactions.enabled", "true");
    properties.put("page.size", "2");
    properties.put("look.back.ms", "0");
    return properties;
  }

  private void send() throws Exception {
    String body =
        """
        {"receiver": {"contacts": [{"identifierValue": "someone@example.org"}]},
         "body": {"type": "text", "text": {"text": "Hello"}}, "reference": "parcel 7"}""";
    URI uri =
        URI.create(
            simulator.url()
                + "/workspaces/"
                + SimulatorSettings.DEMO_WORKSPACE_ID
                + "/channels/"
                + DEMO_EMAIL_CHANNEL_ID
                + "/messages");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "AccessKey " + SimulatorSettings.DEMO_ACCESS_KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(202);
  }

  private List<String> made() {
    return simulator.messages(DEMO_EMAIL_CHANNEL_ID).stream().map(MadeMessage::id).toList();
  }

  private void interact(String type) {
    made().forEach(id -> simulator.interact(DEMO_EMAIL_CHANNEL_ID, id, type));
  }

  private static List<String> seen(TaskRun run) {
    return run.records().stream()
        .filter(record -> record.topic().equals("bird.interactions"))
        .map(record -> record.key() + " " + ((Struct) record.value()).getString("type"))
        .toList();
  }

  private Set<String> expected(String... types) {
    Set<String> expected = new TreeSet<>();
    for (String type : types) {
      made().forEach(id -> expected.add(id + " " + type));
    }
    return expected;
  }

  /** Also those of messages that are below the pages which a restart has to read. */
  @Test
  void everyInteractionIsEmittedOnceAcrossRestarts() throws Exception {
    for (int i = 0; i < MESSAGES; i++) {
      send();
    }
    try (TaskRun run = new TaskRun(properties())) {
      run.pollUntil(() -> run.messageIds().size() == MESSAGES);
      interact("opened");
      run.pollUntil(() -> seen(run).size() >= MESSAGES);
      interact("clicked");
      run.restart();
      run.pollUntil(() -> seen(run).size() >= 2 * MESSAGES);
      run.restart();
      interact("read");
      run.pollUntil(() -> seen(run).size() >= 3 * MESSAGES);

      assertThat(seen(run))
          .doesNotHaveDuplicates()
          .hasSameElementsAs(expected("opened", "clicked", "read"));
      assertThat(run.longestPoll()).isLessThan(TaskRun.LONGEST_POLL);
      checkRecord(run);
    }
  }

  @Test
  void aRestartLooksOnceAsFarDownAsInteractionsAreLookedFor() {
    Instant now = simulator.clock().instant();
    simulator.makeHistory(
        DEMO_EMAIL_CHANNEL_ID,
        HistorySpec.of(400, now).since(now.minus(Duration.ofMinutes(20))).withIncoming(0.95));
    Map<String, String> properties = properties();
    properties.put("page.size", "20");
    try (TaskRun run = new TaskRun(properties)) {
      run.pollUntil(() -> run.messageIds().size() == 400);
      String oldest =
          simulator.messages(DEMO_EMAIL_CHANNEL_ID).stream()
              .filter(message -> message.status().equals("delivered"))
              .filter(message -> message.direction().equals("outgoing"))
              .min(Comparator.comparing(MadeMessage::createdAt))
              .orElseThrow()
              .id();
      simulator.interact(DEMO_EMAIL_CHANNEL_ID, oldest, "opened");
      run.restart();

      run.pollUntil(() -> seen(run).contains(oldest + " opened"));

      assertThat(run.messageIds()).doesNotHaveDuplicates();
    }
  }

  private static void checkRecord(TaskRun run) {
    SourceRecord record =
        run.records().stream()
            .filter(one -> one.topic().equals("bird.interactions"))
            .findFirst()
            .orElseThrow();
    Struct value = (Struct) record.value();
    assertThat(value.getString("messageId")).isEqualTo(record.key());
    assertThat(value.getString("channelId")).isEqualTo(DEMO_EMAIL_CHANNEL_ID);
    assertThat(value.getString("messageReference")).isEqualTo("parcel 7");
    assertThat(value.get("createdAt")).isNotNull();
    assertThat(record.headers().lastWithName("bird.event.type").value()).isEqualTo("interaction");
    assertThat(record.headers().lastWithName("bird.event.id").value())
        .isEqualTo(value.getString("eventId"));
    assertThat(record.sourcePartition()).containsKey("interactionPart");
  }

  @Test
  void nobodyAsksWhenNotToldTo() throws Exception {
    send();
    Map<String, String> properties = properties();
    properties.put("interactions.enabled", "false");
    try (TaskRun run = new TaskRun(properties)) {
      run.pollUntil(() -> run.messageIds().size() == 1);
      interact("opened");
      send();
      run.pollUntil(() -> isDelivered(run, 2));
      assertThat(seen(run)).isEmpty();
    }
  }

  @Test
  void withoutTheRightMessagesAndStatusesGoOn() throws Exception {
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.INTERACTIONS));
    send();
    try (TaskRun run = new TaskRun(properties())) {
      run.pollUntil(() -> run.messageIds().size() == 1);
      interact("opened");
      send();
      run.pollUntil(() -> isDelivered(run, 2));
      assertThat(seen(run)).isEmpty();
    }
  }

  private static boolean isDelivered(TaskRun run, int messages) {
    return run.statuses().size() == messages
        && run.statuses().values().stream().allMatch(seen -> seen.contains("delivered"));
  }
}
