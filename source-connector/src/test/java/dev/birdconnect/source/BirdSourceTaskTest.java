package dev.birdconnect.source;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WHATSAPP_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The task against the API over HTTP. */
class BirdSourceTaskTest {

  private static final String UNKNOWN_CHANNEL = "99999999-9999-4999-8999-999999999999";

  private final Simulator simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits());
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    simulator.close();
  }

  private void send(String channelId, String reference) {
    String body =
        """
        {"receiver": {"contacts": [{"identifierValue": "someone@example.org"}]},
         "body": {"type": "text", "text": {"text": "Hello"}}, "reference": "%s"}"""
            .formatted(reference);
    URI uri =
        URI.create(
            simulator.url()
                + "/workspaces/"
                + SimulatorSettings.DEMO_WORKSPACE_ID
                + "/channels/"
                + channelId
                + "/messages");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "AccessKey " + SimulatorSettings.DEMO_ACCESS_KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(202);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean allFinal(Map<String, List<String>> statuses) {
    return simulator.messages().stream()
        .allMatch(
            message -> {
              List<String> seen = statuses.getOrDefault(message.id(), List.of(""));
              return seen.get(seen.size() - 1).equals(message.status())
                  && List.of("delivered", "sending_failed", "delivery_failed", "rejected")
                      .contains(message.status());
            });
  }

  @Test
  void everyMessageAndItsStatusesAcrossRestarts() {
    try (TaskRun run = new TaskRun(TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID))) {
      for (int i = 0; i < 200; i++) {
        send(DEMO_SMS_CHANNEL_ID, "bk1:shop:orders:3:" + i + ":0");
        simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+3160000" + i, "Hi " + i);
        if (i % 40 == 0) {
          run.poll();
        }
        if (i % 70 == 0) {
          run.restart();
        }
      }
      run.pollUntil(() -> run.messageIds().size() >= 400);
      run.restart();
      run.pollUntil(() -> allFinal(run.statuses()));

      List<String> made =
          simulator.messages(DEMO_SMS_CHANNEL_ID).stream().map(MadeMessage::id).toList();
      assertThat(run.messageIds()).containsExactlyInAnyOrderElementsOf(made);
      run.statuses().values().forEach(seen -> assertThat(seen).doesNotHaveDuplicates());
      assertThat(run.longestPoll()).isLessThan(TaskRun.LONGEST_POLL);
    }
  }

  @Test
  void aSendOfTheSinkIsTakenApart() {
    send(DEMO_EMAIL_CHANNEL_ID, "bk1:shop:orders:3:41:0");
    try (TaskRun run = new TaskRun(TaskRun.properties(simulator, DEMO_EMAIL_CHANNEL_ID))) {
      run.pollUntil(() -> allFinal(run.statuses()));
      SourceRecord first = run.records().get(0);
      assertThat(first.topic()).isEqualTo("bird.messages");
      assertThat(((Struct) first.value()).getStruct("body").getString("text")).isEqualTo("Hello");
      SourceRecord status = run.records().get(1);
      assertThat(status.topic()).isEqualTo("bird.statuses");
      Struct value = (Struct) status.value();
      assertThat(value.getString("previousStatus")).isNull();
      assertThat(value.getString("referenceNamespace")).isEqualTo("shop");
      assertThat(value.getString("referenceTopic")).isEqualTo("orders");
      assertThat(value.getInt32("referencePartition")).isEqualTo(3);
      assertThat(value.getInt64("referenceOffset")).isEqualTo(41);
    }
  }

  @Test
  void anUnknownChannelDoesNotHoldUpTheOthers() {
    simulator.receiveInbound(DEMO_WHATSAPP_CHANNEL_ID, "+31600000001", "Hi");
    Map<String, String> properties =
        TaskRun.properties(simulator, UNKNOWN_CHANNEL, DEMO_WHATSAPP_CHANNEL_ID);
    try (TaskRun run = new TaskRun(properties)) {
      run.pollUntil(() -> run.messageIds().size() == 1);
      simulator.receiveInbound(DEMO_WHATSAPP_CHANNEL_ID, "+31600000001", "Still there");
      run.pollUntil(() -> run.messageIds().size() == 2);
      assertThat(run.metric("channels-stopped")).isEqualTo(1);
      assertThat(run.metric("channels-read")).isEqualTo(1);
    }
  }

  @Test
  void theTaskShowsItsMetrics() {
    simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000001", "Hi");
    Map<String, String> properties = TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID);
    properties.put("task.id", "7");
    try (TaskRun run = new TaskRun(properties)) {
      run.pollUntil(() -> run.statuses().size() == 1);
      run.pollUntil(() -> run.metric("reads-sweep-total") > 3);
      assertThat(run.metric("messages-emitted-total")).isEqualTo(1);
      assertThat(run.metric("statuses-emitted-total")).isEqualTo(1);
      assertThat(run.metric("rate-allowed-per-second"))
          .as("it begins at half of 40")
          .isBetween(20.0, 25.0);
      assertThat(run.metric("frontier-lag-ms")).isBetween(200.0, 10_000.0);
      assertThat(run.pluginMetric("messages-emitted-total")).isEqualTo(1);
      run.task().stop();
      assertThatThrownBy(() -> run.metric("messages-emitted-total"))
          .hasCauseInstanceOf(InstanceNotFoundException.class);
    }
  }

  @Test
  void heartbeatsKeepTheStartOfAQuietChannel() {
    Map<String, String> properties = TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID);
    properties.put("start.from", "latest");
    properties.put("heartbeat.topic", "bird.heartbeats");
    properties.put("heartbeat.interval.ms", "100");
    try (TaskRun run = new TaskRun(properties)) {
      run.pollUntil(() -> run.records().size() >= 3);
      assertThat(run.records())
          .allSatisfy(
              record -> {
                assertThat(record.topic()).isEqualTo("bird.heartbeats");
                assertThat(record.key()).isEqualTo(DEMO_SMS_CHANNEL_ID);
                Struct value = (Struct) record.value();
                value.validate();
                assertThat(value.getString("channelId")).isEqualTo(DEMO_SMS_CHANNEL_ID);
                assertThat(value.get("emittedUpTo"))
                    .isEqualTo(
                        Date.from(
                            Instant.parse(value.getString("emittedUpToText"))
                                .truncatedTo(ChronoUnit.MILLIS)));
                assertThat(value.get("serverTime"))
                    .isEqualTo(Date.from(Instant.ofEpochMilli(record.timestamp())));
                assertThat(record.headers().lastWithName("bird.event.type").value())
                    .isEqualTo("heartbeat");
              });
      assertThat(run.metric("heartbeats-emitted-total")).isEqualTo(run.records().size());
      run.task().stop();
      simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000001", "While it was down");
      run.restart();
      run.pollUntil(() -> run.messageIds().size() == 1);
    }
  }

  @Test
  void allTasksOfAWorkerShareOneBudget() {
    int perSecond = 8;
    for (int i = 0; i < 200; i++) {
      simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000001", "Hi " + i);
      simulator.receiveInbound(DEMO_WHATSAPP_CHANNEL_ID, "+31600000001", "Hi " + i);
    }
    long begun = System.nanoTime();
    Map<String, String> one = budgeted(DEMO_SMS_CHANNEL_ID, "0", perSecond);
    Map<String, String> other = budgeted(DEMO_WHATSAPP_CHANNEL_ID, "1", perSecond);
    try (TaskRun first = new TaskRun(one);
        TaskRun second = new TaskRun(other)) {
      while (Duration.ofNanos(System.nanoTime() - begun).compareTo(Duration.ofSeconds(4)) < 0) {
        first.poll();
        second.poll();
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    long gets = simulator.traffic().total("GET", 200);
    long most = simulator.traffic().mostInOneSecond("GET");
    System.out.printf("%d reads in %.1f s, at most %d within a second%n", gets, seconds, most);
    assertThat((double) gets).isGreaterThan(seconds * perSecond / 4);
    assertThat(most)
        .as("one budget; two would come near twice as much within four seconds")
        .isLessThanOrEqualTo(perSecond);
  }

  private Map<String, String> budgeted(String channelId, String task, int perSecond) {
    Map<String, String> properties = TaskRun.properties(simulator, channelId);
    properties.put("name", "budgeted");
    properties.put("task.id", task);
    properties.put("poll.interval.ms", "100");
    properties.put("page.size", "1");
    properties.put("bird.rate.get.per.second", Integer.toString(perSecond));
    return properties;
  }

  @Test
  void aTaskWithoutAReadableChannelFails() {
    try (TaskRun run = new TaskRun(TaskRun.properties(simulator, UNKNOWN_CHANNEL))) {
      assertThatThrownBy(() -> run.pollUntil(() -> false))
          .isInstanceOf(ConnectException.class)
          .hasMessage(
              "None of the task's channels can be read any more; the log says why of each. Check"
                  + " the channels' ids and the rights of the access key, then restart the task.");
    }
  }

  @Test
  void aWrongKeyStopsTheTask() {
    Map<String, String> properties = TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID);
    properties.put("bird.access.key", "another-key");
    try (TaskRun run = new TaskRun(properties)) {
      assertThatThrownBy(() -> run.pollUntil(() -> false))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("401")
          .hasMessageContaining("access key")
          .hasMessageNotContaining("another-key");
    }
  }

  @Test
  void faultsDelayButLoseNothing() {
    for (int i = 0; i < 30; i++) {
      simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000001", "Hi " + i);
    }
    simulator.inject(FaultRule.unavailable().next(1));
    try (TaskRun run = new TaskRun(TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID))) {
      run.pollUntil(() -> run.messageIds().size() == 30);
      simulator.inject(FaultRule.reset().next(1));
      simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000001", "after the reset");
      run.pollUntil(() -> run.messageIds().size() == 31);
      assertThat(run.messageIds()).doesNotHaveDuplicates();
    }
  }

  @Test
  void stopIsQuickWhileACallHangs() {
    simulator.inject(FaultRule.hang());
    TaskRun run = new TaskRun(TaskRun.properties(simulator, DEMO_SMS_CHANNEL_ID));
    assertThat(run.poll()).isEmpty();
    long begin = System.nanoTime();
    run.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    assertThat(run.poll()).isEmpty();
    assertThat(run.longestPoll()).isLessThan(TaskRun.LONGEST_POLL);
  }
}
