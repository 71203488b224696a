package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.simulator.contract.Contract;
import dev.birdconnect.simulator.generation.HistorySpec;
import dev.birdconnect.simulator.generation.InboundFlow;
import dev.birdconnect.simulator.life.LifeProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class GenerationTest {
  private static final Instant NOW = Instant.parse("2031-03-01T13:00:00Z");
  private static final Set<String> FINAL =
      Set.of("delivered", "rejected", "sending_failed", "delivery_failed", "skipped");

  private final ManualClock clock = new ManualClock(NOW);
  private final Simulator simulator =
      Simulator.start(
          SimulatorSettings.demo()
              .withoutRateLimits()
              .withClock(clock)
              .withProfile(LifeProfile.steady().withFailures(0.1, 0.1, 0.1).withSpread(0.5)));
  private final Api api = new Api(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aHistoryIsListedAndReadLikeAnyOtherMessages() throws Exception {
    api.send(Api.text("before", "+31600000001"));
    simulator.makeHistory(DEMO_SMS_CHANNEL_ID, HistorySpec.of(1500, NOW).withIncoming(0.2));
    clock.advance(Duration.ofSeconds(1));
    api.send(Api.text("after", "+31600000001"));

    List<JsonNode> listed = all("limit=1000");
    assertThat(listed).hasSize(1502);
    assertThat(listed.get(0).path("reference").asString()).isEqualTo("after");
    assertThat(listed.get(1).path("reference").asString()).isEqualTo("before");
    assertThat(listed)
        .extracting(message -> message.path("createdAt").asString())
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(listed).extracting(message -> message.path("id").asString()).doesNotHaveDuplicates();
    Contract contract = Contract.channelsApi();
    for (JsonNode message : listed.subList(2, 32)) {
      assertThat(contract.check("Message", message).byPath()).isEmpty();
      assertThat(message.toString().length()).isBetween(800, 1300);
    }
    List<JsonNode> backward = all("limit=700&reverse=true");
    java.util.Collections.reverse(backward);
    assertThat(backward).isEqualTo(listed);
    JsonNode one = listed.get(1000);
    assertThat(api.get(Api.messages() + "/" + one.path("id").asString()).json()).isEqualTo(one);
    assertThat(listed.stream().filter(m -> m.path("direction").asString().equals("incoming")))
        .hasSizeBetween(230, 370);
  }

  @Test
  void nobodySentItSoItIsNotCountedAsSent() throws Exception {
    simulator.makeHistory(DEMO_SMS_CHANNEL_ID, HistorySpec.of(100, NOW));
    api.send(Api.text("sent", "+31600000001"));

    assertThat(simulator.size()).isEqualTo(101);
    assertThat(simulator.madeByReference()).containsOnlyKeys("sent");
    assertThat(simulator.referencesByReceiver()).containsOnlyKeys("+31600000001");
  }

  @Test
  void statusesFollowTheProfileAndOpenMessagesMove() {
    simulator.makeHistory(
        DEMO_SMS_CHANNEL_ID,
        HistorySpec.of(3000, NOW)
            .since(NOW.minusSeconds(60))
            .withOpen(300, Duration.ofMinutes(10))
            .withIncoming(0.3));

    assertThat(open()).hasSize(300);
    assertThat(open()).extracting(MadeMessage::direction).containsOnly("outgoing");
    assertThat(open()).extracting(MadeMessage::status).contains("accepted", "processing", "sent");
    assertThat(count("rejected")).isBetween(130L, 290L);
    assertThat(count("delivery_failed")).isBetween(110L, 290L);
    clock.advance(Duration.ofMinutes(5));
    assertThat(open()).hasSizeBetween(50, 299);
    clock.advance(Duration.ofMinutes(6));
    assertThat(open()).isEmpty();
  }

  @Test
  void equalSeedsMakeEqualHistories() {
    HistorySpec spec = HistorySpec.of(500, NOW).withIncoming(0.2);
    List<String> first = generated(spec);
    assertThat(generated(spec)).isEqualTo(first);
    assertThat(generated(spec.withSeed(2))).doesNotContainAnyElementsOf(first);
  }

  @Test
  void aSeedIsTakenOnceAndTheFutureNever() {
    simulator.makeHistory(DEMO_SMS_CHANNEL_ID, HistorySpec.of(10, NOW));
    simulator.makeHistory(DEMO_EMAIL_CHANNEL_ID, HistorySpec.of(10, NOW));
    assertThatThrownBy(() -> simulator.makeHistory(DEMO_SMS_CHANNEL_ID, HistorySpec.of(10, NOW)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                simulator.makeHistory(
                    DEMO_SMS_CHANNEL_ID, HistorySpec.of(10, NOW.plusMillis(1)).withSeed(5)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(simulator.size()).isEqualTo(20);
  }

  @Test
  void contactsWriteAtARateOfTheClock() {
    simulator.startInbound(InboundFlow.of(UUID.fromString(DEMO_SMS_CHANNEL_ID), 5));
    clock.advance(Duration.ofSeconds(4));
    Awaitility.await().untilAsserted(() -> assertThat(simulator.size()).isEqualTo(20));
    assertThat(simulator.messages(DEMO_SMS_CHANNEL_ID))
        .extracting(MadeMessage::direction)
        .containsOnly("incoming");
    assertThat(simulator.stopInbound(DEMO_SMS_CHANNEL_ID)).isTrue();
    assertThat(simulator.stopInbound(DEMO_SMS_CHANNEL_ID)).isFalse();
  }

  @Test
  void aFlowEndsAfterItsCount() {
    simulator.startInbound(InboundFlow.of(UUID.fromString(DEMO_SMS_CHANNEL_ID), 5).ofCount(7));
    clock.advance(Duration.ofHours(1));
    Awaitility.await().until(() -> simulator.size() == 7);
    clock.advance(Duration.ofHours(1));
    // A flow elsewhere shows that the time was seen.
    simulator.startInbound(InboundFlow.of(UUID.fromString(DEMO_EMAIL_CHANNEL_ID), 5).ofCount(1));
    clock.advance(Duration.ofSeconds(1));
    Awaitility.await().until(() -> simulator.messages(DEMO_EMAIL_CHANNEL_ID).size() == 1);
    assertThat(simulator.messages(DEMO_SMS_CHANNEL_ID)).hasSize(7);
  }

  private List<String> generated(HistorySpec spec) {
    try (Simulator other =
        Simulator.start(SimulatorSettings.demo().withoutRateLimits().withClock(clock))) {
      other.makeHistory(DEMO_SMS_CHANNEL_ID, spec);
      return other.messages().stream().map(MadeMessage::json).toList();
    }
  }

  private List<MadeMessage> open() {
    return simulator.messages(DEMO_SMS_CHANNEL_ID).stream()
        .filter(message -> !FINAL.contains(message.status()))
        .collect(Collectors.toList());
  }

  private long count(String status) {
    return simulator.messages(DEMO_SMS_CHANNEL_ID).stream()
        .filter(message -> message.status().equals(status))
        .count();
  }

  private List<JsonNode> all(String query) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = api.get(Api.messages() + "?" + query + token).json();
      page.path("results").forEach(all::add);
      token =
          page.has("nextPageToken") ? "&pageToken=" + page.path("nextPageToken").asString() : "";
    } while (!token.isEmpty());
    return all;
  }
}
