package dev.birdconnect.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTopologyTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant ORDERED = Instant.parse("2031-03-01T13:00:00Z");
  private static final TrackerConfig CONFIG =
      new TrackerConfig(
          Map.of(
              "reports.topic", "reports",
              "statuses.topic", "statuses",
              "bootstrap.servers", "none:1",
              "stores", "in_memory"));

  private final TopologyTestDriver driver = driver();
  private final TestInputTopic<byte[], byte[]> reports = input("reports");
  private final TestInputTopic<byte[], byte[]> statuses = input("statuses");
  private final TestOutputTopic<String, String> deliveries = output("deliveries");
  private final TestOutputTopic<String, String> channels = output("delivery-times");
  private Instant now = ORDERED;

  private static TopologyTestDriver driver() {
    Properties properties = new Properties();
    properties.putAll(CONFIG.streams());
    return new TopologyTestDriver(new DeliveryTopology(CONFIG).build(), properties, ORDERED);
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<String, String> output(String topic) {
    return driver.createOutputTopic(topic, new StringDeserializer(), new StringDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private void report(long offset, String verdict, Instant orderedAt) {
    pipe(
        reports,
        """
        {"namespace": "bird-sink", "topic": "orders", "partition": 2, "offset": %d,
         "reference": "bk1:bird-sink:orders:2:%d:0", "messageId": %s, "workspaceId": "w",
         "channelId": "sms", "verdict": "%s", "knownBy": "ANSWER", "reason": %s, "attempts": 1,
         "recordTimestamp": %d, "firstAttemptAt": %d, "finishedAt": %d,
         "finishedAtClock": "SERVER"}"""
            .formatted(
                offset,
                offset,
                verdict.equals("ACCEPTED") ? "\"m" + offset + "\"" : "null",
                verdict,
                verdict.equals("ACCEPTED") ? "null" : "\"it can never go\"",
                orderedAt.toEpochMilli(),
                orderedAt.toEpochMilli() + 90,
                orderedAt.toEpochMilli() + 140));
  }

  private void status(String channel, long offset, String status, int sequence, Instant at) {
    pipe(
        statuses,
        """
        {"eventId": "m%d:%s:%s:%d", "messageId": "m%d", "workspaceId": "w", "channelId": "%s",
         "referenceNamespace": "bird-sink", "referenceTopic": "orders", "referencePartition": 2,
         "referenceOffset": %d, "status": "%s", "sequence": %d, "lastStatusAt": %d}"""
            .formatted(
                offset,
                status,
                at,
                sequence,
                offset,
                channel,
                offset,
                status,
                sequence,
                at.toEpochMilli()));
  }

  private void pipe(TestInputTopic<byte[], byte[]> topic, String json) {
    topic.pipeInput(
        "any key".getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8), now);
  }

  private static Instant after(long millis) {
    return ORDERED.plusMillis(millis);
  }

  private JsonNode lastDelivery(long offset) throws Exception {
    return MAPPER.readTree(deliveries.readKeyValuesToMap().get("bird-sink:orders:2:" + offset));
  }

  private JsonNode lastTimes(String channel) throws Exception {
    String times = channels.readKeyValuesToMap().get(channel);
    return times == null ? MAPPER.missingNode() : MAPPER.readTree(times);
  }

  @Test
  void anOrderIsFollowedToItsDelivery() throws Exception {
    report(17, "ACCEPTED", ORDERED);
    assertThat(lastDelivery(17))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"namespace": "bird-sink", "topic": "orders", "partition": 2, "offset": 17,
                 "messageId": "m17", "verdict": "ACCEPTED", "orderedAt": %d, "acceptedAt": %d,
                 "millisToAcceptance": 140}"""
                    .formatted(ORDERED.toEpochMilli(), after(140).toEpochMilli())));

    status("sms", 17, "accepted", 1, after(140));
    status("sms", 17, "sent", 2, after(600));
    assertThat(channels.isEmpty()).isTrue();
    status("sms", 17, "delivered", 3, after(5_300));

    JsonNode delivered = lastDelivery(17);
    assertThat(delivered.get("status").textValue()).isEqualTo("delivered");
    assertThat(delivered.get("channelId").textValue()).isEqualTo("sms");
    assertThat(delivered.get("deliveredAt").longValue()).isEqualTo(after(5_300).toEpochMilli());
    assertThat(delivered.get("millisToDelivery").longValue()).isEqualTo(5_300);
    JsonNode times = lastTimes("sms");
    assertThat(times.get("channelId").textValue()).isEqualTo("sms");
    assertThat(times.get("delivered").longValue()).isEqualTo(1);
    assertThat(times.get("p50Millis").longValue()).isBetween(5_300L, 5_353L);
  }

  @Test
  void theReportMayComeLast() throws Exception {
    status("sms", 3, "delivered", 1, after(900));
    assertThat(lastDelivery(3).has("millisToDelivery")).isFalse();
    assertThat(channels.isEmpty()).isTrue();
    report(3, "ACCEPTED", ORDERED);
    assertThat(lastDelivery(3).get("millisToDelivery").longValue()).isEqualTo(900);
    assertThat(lastTimes("sms").get("delivered").longValue()).isEqualTo(1);
  }

  @Test
  void repeatsChangeNothing() throws Exception {
    for (int round = 0; round < 3; round++) {
      report(5, "ACCEPTED", ORDERED);
      status("sms", 5, "sent", 1, after(600));
      status("sms", 5, "delivered", 2, after(5_000));
    }
    assertThat(deliveries.readRecordsToList()).hasSize(3);
    assertThat(channels.readRecordsToList()).hasSize(1);
  }

  /** A restart may see fewer steps than before, and then counts them anew. */
  @Test
  void aDeliveryThatIsToldUnderAnotherNumberCountsOnce() throws Exception {
    report(5, "ACCEPTED", ORDERED);
    status("sms", 5, "sent", 1, after(600));
    status("sms", 5, "delivered", 2, after(5_000));
    status("sms", 5, "delivered", 1, after(5_000));
    assertThat(lastTimes("sms").get("delivered").longValue()).isEqualTo(1);
  }

  /** And it may have missed the step that was told under the same number. */
  @Test
  void aDeliveryUnderTheNumberOfAnotherStepCounts() throws Exception {
    report(5, "ACCEPTED", ORDERED);
    status("sms", 5, "sent", 2, after(600));
    status("sms", 5, "delivered", 2, after(5_000));
    assertThat(lastTimes("sms").get("delivered").longValue()).isEqualTo(1);
  }

  @Test
  void whatIsRejectedHasItsReasonAndNoTime() throws Exception {
    report(8, "REJECTED", ORDERED);
    JsonNode rejected = lastDelivery(8);
    assertThat(rejected.get("verdict").textValue()).isEqualTo("REJECTED");
    assertThat(rejected.get("reason").textValue()).isEqualTo("it can never go");
    assertThat(rejected.has("acceptedAt")).isFalse();
    assertThat(channels.isEmpty()).isTrue();
  }

  @Test
  void acceptedStaysAcceptedAndUnknownDoesNot() throws Exception {
    report(8, "UNKNOWN", ORDERED);
    report(8, "ACCEPTED", ORDERED);
    report(8, "UNKNOWN", ORDERED);
    assertThat(lastDelivery(8).get("verdict").textValue()).isEqualTo("ACCEPTED");
  }

  @Test
  void aFailureAfterTheDeliveryIsShownAndTheTimeStays() throws Exception {
    report(9, "ACCEPTED", ORDERED);
    status("sms", 9, "delivered", 1, after(1_000));
    status("sms", 9, "delivery_failed", 2, after(2_000));
    JsonNode failed = lastDelivery(9);
    assertThat(failed.get("status").textValue()).isEqualTo("delivery_failed");
    assertThat(failed.get("deliveredAt").longValue()).isEqualTo(after(1_000).toEpochMilli());
    assertThat(lastTimes("sms").get("delivered").longValue()).isEqualTo(1);
  }

  @Test
  void whatIsNoOrdersRecordIsLeftOut() throws Exception {
    pipe(reports, "no JSON");
    pipe(reports, "{\"namespace\": \"n\", \"topic\": \"orders\"}");
    pipe(statuses, "{\"eventId\": \"e\", \"messageId\": \"m\", \"referenceTopic\": null}");
    pipe(statuses, "[]");
    statuses.pipeInput("a tombstone".getBytes(StandardCharsets.UTF_8), null, now);
    assertThat(deliveries.isEmpty()).isTrue();
    report(1, "ACCEPTED", ORDERED);
    assertThat(deliveries.isEmpty()).isFalse();
  }

  @Test
  void everyChannelHasItsTimes() throws Exception {
    for (int i = 1; i <= 100; i++) {
      report(i, "ACCEPTED", ORDERED);
      status("sms", i, "delivered", 1, after(i * 1_000L));
    }
    report(1_000, "ACCEPTED", ORDERED);
    status("email", 1_000, "delivered", 1, after(70));
    Map<String, String> times = channels.readKeyValuesToMap();
    assertThat(times).containsOnlyKeys("sms", "email");
    JsonNode sms = MAPPER.readTree(times.get("sms"));
    assertThat(sms.get("delivered").longValue()).isEqualTo(100);
    assertThat(sms.get("meanMillis").longValue()).isBetween(50_000L, 51_000L);
    assertThat(sms.get("p50Millis").longValue()).isBetween(50_000L, 50_500L);
    assertThat(sms.get("p95Millis").longValue()).isBetween(95_000L, 95_950L);
    assertThat(sms.get("longestMillis").longValue()).isBetween(100_000L, 101_000L);
    assertThat(MAPPER.readTree(times.get("email")).get("p95Millis").longValue()).isEqualTo(70);
  }

  @Test
  void anApiClockThatIsBehindGivesNoNegativeTime() throws Exception {
    report(2, "ACCEPTED", ORDERED);
    status("sms", 2, "delivered", 1, after(-300));
    assertThat(lastTimes("sms").get("longestMillis").longValue()).isZero();
  }

  @Test
  void historyMayBeReadWithItsPartitionsOutOfStep() throws Exception {
    report(1, "ACCEPTED", ORDERED);
    now = ORDERED.plus(Duration.ofDays(30));
    report(2, "ACCEPTED", now);
    status("sms", 2, "delivered", 1, now.plusSeconds(1));
    now = ORDERED;
    status("sms", 1, "delivered", 1, after(5_000));
    report(3, "ACCEPTED", ORDERED);
    status("sms", 3, "delivered", 1, after(5_000));
    assertThat(lastTimes("sms").get("delivered").longValue()).isEqualTo(3);
    assertThat(lastDelivery(1).get("millisToDelivery").longValue()).isEqualTo(5_000);
  }

  @Test
  void aRecordWithoutATimeTakesThatOfItsFirstAttempt() throws Exception {
    report(1, "ACCEPTED", Instant.ofEpochMilli(-1));
    assertThat(lastDelivery(1).get("orderedAt").longValue()).isEqualTo(89);
  }

  @Test
  void oldOrdersAreForgotten() {
    for (int day = 0; day < 60; day++) {
      report(day, "ACCEPTED", ORDERED);
      driver.advanceWallClockTime(Duration.ofDays(1));
    }
    List<Long> kept = new ArrayList<>();
    try (var all = driver.<String, Delivery>getWindowStore(DeliveryJoin.STORE).all()) {
      all.forEachRemaining(entry -> kept.add(entry.value.order().offset()));
    }
    assertThat(kept).contains(59L, 54L).hasSizeLessThan(9);
  }
}
