package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What operators do to a source through the worker's REST API, and what rights and channels do that
 * come and go; both ends compared.
 */
class SourceOffsetsIT {

  private static final String WORKSPACE = SimulatorSettings.DEMO_WORKSPACE_ID;
  private static final String SMS = SimulatorSettings.DEMO_SMS_CHANNEL_ID;
  private static final String WHATSAPP = SimulatorSettings.DEMO_WHATSAPP_CHANNEL_ID;
  private static final String EMAIL = SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
  private static final String OWN = "5e9f7fc3-1062-4184-8fac-72d360a1f055";
  private static final String NEW = "0a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b44";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ConnectStack stack;

  @BeforeAll
  static void start() {
    stack =
        ConnectStack.start(
            SimulatorSettings.demo().withoutRateLimits(),
            Map.of("task.shutdown.graceful.timeout.ms", "30000"));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private record Answer(int status, String body) {}

  private static Answer rest(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.connect().endpointForResource(path)))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Answer set(String connector, String channelId, String start) {
    return rest(
        "PATCH",
        "connectors/" + connector + "/offsets",
        """
        {"offsets": [{"partition": {"workspaceId": "%s", "channelId": "%s"},
                      "offset": {"startTimestamp": "%s"}}]}"""
            .formatted(WORKSPACE, channelId, start));
  }

  /**
   * A worker lists the partitions it has read so far, then reads to the end: so it is asked twice.
   */
  private static List<JsonNode> offsets(String connector) {
    listedOffsets(connector);
    return listedOffsets(connector);
  }

  private static List<JsonNode> listedOffsets(String connector) {
    Answer answer = rest("GET", "connectors/" + connector + "/offsets", "");
    assertThat(answer.status()).isEqualTo(200);
    List<JsonNode> offsets = new ArrayList<>();
    Orders.json(answer.body()).get("offsets").forEach(offsets::add);
    return offsets;
  }

  private static void stopConnector(String name) {
    assertThat(rest("PUT", "connectors/" + name + "/stop", "").status()).isLessThan(300);
    stack.awaitState(name, "STOPPED");
  }

  private static void resumeConnector(String name) {
    assertThat(rest("PUT", "connectors/" + name + "/resume", "").status()).isLessThan(300);
    stack.awaitState(name, "RUNNING");
  }

  private static void receive(String channelId, int messages) {
    for (int i = 0; i < messages; i++) {
      stack.simulator().receiveInbound(channelId, "+31600000001", "Hi " + i);
    }
  }

  /** The messages that a topic names, in its order. */
  private static List<String> emitted(String prefix) {
    return stack.readAll(prefix + ".messages").stream().map(ConsumerRecord::key).toList();
  }

  private static List<String> emitted(String prefix, String channelId) {
    return stack.readAll(prefix + ".messages").stream()
        .filter(record -> channelId.equals(header(record)))
        .map(ConsumerRecord::key)
        .toList();
  }

  private static String header(ConsumerRecord<String, String> record) {
    return new String(
        record.headers().lastHeader("bird.channel.id").value(), StandardCharsets.UTF_8);
  }

  private static List<String> statusEvents(String prefix) {
    return stack.readAll(prefix + ".statuses").stream()
        .map(record -> Orders.json(record.value()).get("eventId").textValue())
        .toList();
  }

  private static List<String> made(String channelId) {
    return stack.simulator().messages(channelId).stream()
        .sorted(Comparator.comparing(MadeMessage::createdAt).thenComparing(MadeMessage::id))
        .map(MadeMessage::id)
        .toList();
  }

  private static void awaitEmitted(String prefix, int messages) {
    await(messages + " messages and their statuses on the topics of " + prefix)
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> emitted(prefix).size() >= messages && statusEvents(prefix).size() >= messages);
  }

  private static double metric(String connector, String name) {
    try {
      ObjectName bean =
          new ObjectName("dev.birdconnect:type=source-task,connector=" + connector + ",task=0");
      return (double) ManagementFactory.getPlatformMBeanServer().getAttribute(bean, name);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void offsetsAreReadSetAndReset() {
    String name = "offsets";
    stack.simulator().addChannel(WORKSPACE, ChannelSettings.of(UUID.fromString(OWN), "sms", "Own"));
    receive(OWN, 10);
    Instant last = stack.simulator().messages(OWN).get(9).createdAt();
    await().until(() -> stack.simulator().clock().instant().isAfter(last.plusMillis(1)));
    receive(OWN, 10);
    List<String> all = made(OWN);
    Instant start = stack.simulator().message(OWN, all.get(10)).orElseThrow().createdAt();
    List<String> second = all.subList(10, 20);

    Map<String, String> settings = stack.sourceSettings(name);
    settings.put("bird.channel.ids", OWN);
    stack.createConnector(name, settings);
    awaitEmitted(name, 20);
    stopConnector(name);
    assertThat(offsets(name))
        .isNotEmpty()
        .allSatisfy(
            offset -> {
              assertThat(offset.get("partition").get("workspaceId").textValue())
                  .isEqualTo(WORKSPACE);
              assertThat(offset.get("partition").get("channelId").textValue()).isEqualTo(OWN);
              assertThat(offset.get("partition").get("shard").textValue()).matches("[0-9]+");
              assertThat(offset.get("offset").get("version").intValue()).isEqualTo(1);
            });
    assertThat(
            offsets(name).stream()
                .mapToInt(offset -> offset.get("offset").get("records").intValue())
                .sum())
        .as("a record for every message and every status")
        .isEqualTo(40);

    Answer noTime = set(name, OWN, "yesterday");
    assertThat(noTime.status()).isGreaterThanOrEqualTo(400);
    assertThat(noTime.body())
        .contains("startTimestamp is no time such as")
        .contains("2031-03-01T13:00:00Z");
    Answer foreign = set(name, EMAIL, start.toString());
    assertThat(foreign.status()).isGreaterThanOrEqualTo(400);
    assertThat(foreign.body()).contains("does not read the channel " + EMAIL);

    for (int time = 1; time <= 2; time++) {
      Answer right = set(name, OWN, start.toString());
      assertThat(right.status()).as(right.body()).isEqualTo(200);
      resumeConnector(name);
      awaitEmitted(name, 20 + 10 * time);
      stopConnector(name);
      assertThat(emitted(name).subList(10 + 10 * time, 20 + 10 * time)).isEqualTo(second);
      assertThat(
              offsets(name).stream()
                  .filter(offset -> !offset.get("partition").has("shard"))
                  .map(offset -> offset.get("offset").has("version")))
          .as("the start is replaced by the state of a record")
          .containsExactly(true);
    }

    assertThat(rest("DELETE", "connectors/" + name + "/offsets", "").status()).isEqualTo(200);
    assertThat(offsets(name)).isEmpty();
    resumeConnector(name);
    awaitEmitted(name, 60);
    stopConnector(name);
    List<String> expected = new ArrayList<>(all);
    expected.addAll(second);
    expected.addAll(second);
    expected.addAll(all);
    assertThat(emitted(name)).isEqualTo(expected);
    assertThat(statusEvents(name)).hasSize(60);
    assertThat(Set.copyOf(statusEvents(name))).as("the same events again").hasSize(20);
    stack.connect().deleteConnector(name);
    stack.simulator().removeChannel(OWN);
  }

  @Test
  void aChannelThatIsRefusedStopsAloneAndAKeyThatIsRefusedStopsTheTask() {
    String name = "rights";
    Map<String, String> settings = stack.sourceSettings(name);
    settings.put("bird.channel.ids", String.join(",", EMAIL, SMS, WHATSAPP));
    settings.put("start.from", stack.simulator().clock().instant().toString());
    stack.createConnector(name, settings);
    for (String channel : List.of(EMAIL, SMS, WHATSAPP)) {
      receive(channel, 1);
    }
    awaitEmitted(name, 3);
    assertThat(metric(name, "channels-read")).isEqualTo(3);

    FaultRule noRight = FaultRule.answer(403).onChannel(UUID.fromString(EMAIL));
    FaultRule noChannel = FaultRule.answer(404).onChannel(UUID.fromString(WHATSAPP));
    List<String> faults =
        List.of(stack.simulator().inject(noRight), stack.simulator().inject(noChannel));
    await().atMost(ConnectStack.PATIENCE).until(() -> metric(name, "channels-stopped") == 2);
    for (String channel : List.of(EMAIL, SMS, WHATSAPP)) {
      receive(channel, 1);
    }
    awaitEmitted(name, 4);
    stack.awaitState(name, "RUNNING");
    assertThat(metric(name, "channels-read")).isEqualTo(1);
    assertThat(emitted(name, SMS)).hasSize(2);
    assertThat(emitted(name, EMAIL)).hasSize(1);

    faults.forEach(fault -> stack.simulator().faults().remove(fault));
    var unused = stack.connect().restartConnectorAndTasks(name, false, true, false);
    awaitEmitted(name, 6);
    assertThat(emitted(name)).hasSize(6).doesNotHaveDuplicates();

    String wrongKey = stack.simulator().inject(FaultRule.answer(401).onCall(ApiCall.LIST));
    assertThat(stack.awaitTaskFailure(name)).contains("401", "Check the access key");
    stack.simulator().faults().remove(wrongKey);
    stack.connect().deleteConnector(name);
  }

  private static Map<Integer, Set<String>> channelsOfTasks(String connector) {
    Map<Integer, Set<String>> channels = new HashMap<>();
    for (JsonNode task :
        Orders.json(rest("GET", "connectors/" + connector + "/tasks", "").body())) {
      channels.put(
          task.get("id").get("task").intValue(),
          new TreeSet<>(
              List.of(task.get("config").get("task.channel.ids").textValue().split(","))));
    }
    return channels;
  }

  /** Waits for the tasks to read these channels, while messages keep coming. */
  private static void awaitTasks(String connector, Map<Integer, Set<String>> wanted) {
    await("the tasks read " + wanted)
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              List.of(SMS, WHATSAPP, EMAIL).forEach(channel -> receive(channel, 1));
              return channelsOfTasks(connector).equals(wanted);
            });
    stack.awaitState(connector, "RUNNING");
  }

  @Test
  void channelsComeAndGoAndTheirOffsetsGoAlong() {
    String name = "discovery";
    Map<String, String> settings = stack.sourceSettings(name);
    settings.remove("bird.channel.ids");
    settings.put("bird.channel.discovery", "workspace");
    settings.put("channels.refresh.interval.ms", "1000");
    settings.put("tasks.max", "2");
    stack.createConnector(name, settings);
    awaitTasks(name, Map.of(0, Set.of(SMS, WHATSAPP), 1, Set.of(EMAIL)));

    stack.simulator().addChannel(WORKSPACE, ChannelSettings.of(UUID.fromString(NEW), "sms", "New"));
    receive(NEW, 20);
    awaitTasks(name, Map.of(0, Set.of(NEW, SMS), 1, Set.of(EMAIL, WHATSAPP)));
    List<String> ofNew = made(NEW);
    await().atMost(ConnectStack.PATIENCE).until(() -> emitted(name, NEW).equals(ofNew));

    String down = stack.simulator().inject(FaultRule.answer(500).onCall(ApiCall.LIST_CHANNELS));
    long before = stack.simulator().traffic().total("GET", 500);
    await()
        .atMost(ConnectStack.PATIENCE)
        .until(() -> stack.simulator().traffic().total("GET", 500) > before + 1);
    assertThat(channelsOfTasks(name))
        .as("a failed answer changes nothing")
        .isEqualTo(Map.of(0, Set.of(NEW, SMS), 1, Set.of(EMAIL, WHATSAPP)));
    stack.simulator().faults().remove(down);

    stack.simulator().removeChannel(NEW);
    awaitTasks(name, Map.of(0, Set.of(SMS, WHATSAPP), 1, Set.of(EMAIL)));
    List.of(SMS, WHATSAPP, EMAIL).forEach(channel -> receive(channel, 5));

    int messages = stack.simulator().messages().size() + ofNew.size();
    awaitEmitted(name, messages);
    for (String channel : List.of(SMS, WHATSAPP, EMAIL)) {
      assertThat(emitted(name, channel)).as("all, once and in order").isEqualTo(made(channel));
    }
    assertThat(emitted(name, NEW)).isEqualTo(ofNew);
    assertThat(statusEvents(name)).hasSize(messages).doesNotHaveDuplicates();
    stack.connect().deleteConnector(name);
  }
}
