package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.record;
import static dev.birdconnect.sink.TaskHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A task whose records choose their channel and bring references of the user's own. */
class MappedRecordsTest {

  private static final String SMS = SimulatorSettings.DEMO_SMS_CHANNEL_ID;
  private static final String WHATSAPP = SimulatorSettings.DEMO_WHATSAPP_CHANNEL_ID;
  private static final String NOWHERE = "00000000-0000-0000-0000-000000000404";

  @RegisterExtension final SimulatedApi api = new SimulatedApi();

  private static SinkRecord labelled(long offset, String label) {
    return record(P0, offset, label, text("+31600000001", "n " + offset));
  }

  private static SinkRecord through(String channel, long offset) {
    SinkRecord record = record(P0, offset, "k" + offset, text("+31600000001", "n " + offset));
    record.headers().addString("channel", channel);
    return record;
  }

  private List<String> referencesIn(String channel) {
    return api.simulator().messages(channel).stream().map(MadeMessage::reference).toList();
  }

  /** The offsets that messages carry in their coordinates. */
  private List<Long> offsets() {
    return api.simulator().messages().stream()
        .map(MappedRecordsTest::coordinates)
        .map(RecordReference::offset)
        .toList();
  }

  private static RecordReference coordinates(MadeMessage message) {
    try {
      JsonNode field =
          new ObjectMapper().readTree(message.json()).at("/meta/extraInformation/kafkaRecord");
      return RecordReference.parse(field.asText()).orElseThrow();
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void recordsWithOneLabelAreOneMessageEachThoughAnswersAreLost() {
    api.simulator().inject(FaultRule.doneThenReset().onReference("order-1").next(1));
    api.simulator().inject(FaultRule.unavailable().onReference("order-2").next(1));
    try (TaskHarness harness = TaskHarness.start(api.properties("reference.from", "key"), true)) {
      harness.put(
          List.of(
              labelled(0, "order-1"),
              labelled(1, "order-1"),
              labelled(2, "order-2"),
              labelled(3, "order-3")));

      harness.untilCommitted(P0, 4);

      assertThat(api.simulator().madeByReference())
          .containsOnly(Map.entry("order-1", 2), Map.entry("order-2", 1), Map.entry("order-3", 1));
      assertThat(offsets()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void whatAnEarlierTaskHasSentUnderTheUsersLabelsIsNotSentAgain() {
    Map<String, String> properties = api.properties("reference.from", "key");
    try (TaskHarness earlier = TaskHarness.start(properties, true)) {
      earlier.put(List.of(labelled(0, "order-1"), labelled(1, "order-2")));
      earlier.untilCommitted(P0, 2);
    }
    try (TaskHarness later = TaskHarness.start(properties, true)) {
      later.put(List.of(labelled(0, "order-1"), labelled(1, "order-2"), labelled(2, "order-2")));
      later.untilCommitted(P0, 3);

      assertThat(offsets()).containsExactlyInAnyOrder(0L, 1L, 2L);
      assertThat(later.context.reports).isEmpty();
    }
  }

  @Test
  void aRecordWithoutTheLabelItNeedsIsReported() {
    try (TaskHarness harness =
        TaskHarness.start(
            api.properties("reference.from", "header", "reference.header", "order"), true)) {
      harness.put(List.of(labelled(0, "k")));

      harness.untilCommitted(P0, 1);

      assertThat(api.simulator().size()).isZero();
      assertThat(harness.context.reports)
          .singleElement()
          .satisfies(
              report -> assertThat(report.error()).hasMessageContaining("hold the reference"));
    }
  }

  @Test
  void recordsGoThroughTheChannelTheyNameAndOthersThroughTheOneThatIsSet() {
    try (TaskHarness harness =
        TaskHarness.start(
            api.properties("bird.channel.by", "header", "bird.channel.header", "channel"), true)) {
      harness.put(
          List.of(through(WHATSAPP, 0), through(SMS, 1), labelled(2, "k"), through(WHATSAPP, 3)));

      harness.untilCommitted(P0, 4);

      assertThat(referencesIn(WHATSAPP)).hasSize(2);
      assertThat(referencesIn(SMS)).hasSize(2);
    }
  }

  @Test
  void aWrongChannelConcernsItsRecordOnly() {
    try (TaskHarness harness =
        TaskHarness.start(
            api.properties("bird.channel.by", "header", "bird.channel.header", "channel"), true)) {
      harness.put(List.of(through(NOWHERE, 0), through(SMS, 1), through("no id", 2)));

      harness.untilCommitted(P0, 3);

      assertThat(api.simulator().size()).isEqualTo(1);
      assertThat(harness.context.reports)
          .extracting(report -> report.record().originalKafkaOffset())
          .containsExactlyInAnyOrder(0L, 2L);
    }
  }

  @Test
  void anAnswerThatIsLostIsLookedForInTheRecordsOwnChannel() {
    api.simulator()
        .inject(
            FaultRule.doneThenReset()
                .onChannel(UUID.fromString(WHATSAPP))
                .onMethod("POST")
                .next(1));
    Map<String, String> properties =
        api.properties("bird.channel.by", "header", "bird.channel.header", "channel");
    try (TaskHarness harness = TaskHarness.start(properties, true)) {
      harness.put(List.of(through(WHATSAPP, 0), through(SMS, 1)));
      harness.untilCommitted(P0, 2);
    }
    try (TaskHarness later = TaskHarness.start(properties, true)) {
      later.put(List.of(through(WHATSAPP, 0), through(SMS, 1)));
      later.untilCommitted(P0, 2);

      assertThat(api.simulator().madeByReference().values()).hasSize(2).containsOnly(1);
    }
  }

  @Test
  void aRecordThatNamesAnotherChannelThanBeforeIsMadeAgainThere() {
    Map<String, String> properties =
        api.properties("bird.channel.by", "header", "bird.channel.header", "channel");
    try (TaskHarness earlier = TaskHarness.start(properties, true)) {
      earlier.put(List.of(through(SMS, 0)));
      earlier.untilCommitted(P0, 1);
    }
    try (TaskHarness later = TaskHarness.start(properties, true)) {
      later.put(List.of(through(WHATSAPP, 0)));
      later.untilCommitted(P0, 1);

      assertThat(referencesIn(SMS)).isEqualTo(referencesIn(WHATSAPP)).hasSize(1);
    }
  }
}
