package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.P1;
import static dev.birdconnect.sink.TaskHarness.record;
import static dev.birdconnect.sink.TaskHarness.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches at the simulator, under every switch that concerns them. */
class BatchTaskTest {

  private static final int RECORDS = 400;
  private static final int KEYS = 60;

  @RegisterExtension final SimulatedApi api = new SimulatedApi();

  private Map<String, String> properties() {
    Map<String, String> properties = api.properties();
    properties.put("send.mode", "batch");
    properties.put("batch.max.sends", "50");
    properties.put("batch.result.timeout.ms", "1000");
    properties.put("bird.http.request.timeout.ms", "3000");
    properties.put("doubt.settle.ms", "200");
    properties.put("bird.rate.get.per.second", "50");
    return properties;
  }

  /** What the API leaves open, or is up to. */
  enum World {
    AS_ASSUMED,
    ANY_ORDER_IN_BATCHES,
    LATE_BATCHES,
    LATE_LISTING,
    LATE_ARRIVALS,
    OLDEST_FIRST,
    COUNTING_CURSORS,
    FILTERS_APPLIED,
    SHORT_LIVED_CURSORS;

    void set(Simulator simulator) {
      switch (this) {
        case AS_ASSUMED -> {}
        case ANY_ORDER_IN_BATCHES -> simulator.switches().set(Choice.BATCH_ANY_ORDER);
        case LATE_BATCHES -> simulator.switches().set(Switch.BATCH_DELAY, Duration.ofMillis(300));
        case LATE_LISTING -> simulator.switches().set(Switch.READ_DELAY, Duration.ofMillis(150));
        case LATE_ARRIVALS ->
            simulator.switches().set(Switch.LATE_ARRIVALS, Duration.ofMillis(150));
        case OLDEST_FIRST -> simulator.switches().set(Choice.OLDEST_FIRST);
        case COUNTING_CURSORS -> simulator.switches().set(Choice.OFFSET_TOKEN);
        case FILTERS_APPLIED -> {
          simulator.switches().set(Choice.FILTERS_APPLIED);
          simulator.switches().set(Choice.BATCH_FILTER_APPLIED);
        }
        case SHORT_LIVED_CURSORS ->
            simulator.switches().set(Switch.PAGE_TOKEN_LIFE, Duration.ofMillis(1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(World.class)
  void everyRecordBecomesOneMessageInTheOrderOfItsKey(World world) {
    world.set(api.simulator());
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(records(P0, 0, RECORDS, KEYS));

      harness.untilCommitted(P0, RECORDS);

      checkMessages();
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void fewKeysShareBatchesWhereTheirOrderIsThatOfTheArray() {
    Map<String, String> properties = properties();
    properties.put("batch.order", "array");
    try (TaskHarness harness = TaskHarness.start(properties, true)) {
      harness.put(records(P0, 0, RECORDS, 3));

      harness.untilCommitted(P0, RECORDS);

      checkMessages();
      assertThat(api.simulator().traffic().total("POST", 202)).isLessThan(RECORDS / 5);
    }
  }

  private void checkMessages() {
    assertThat(api.simulator().madeByReference()).hasSize(RECORDS);
    assertThat(api.simulator().madeByReference().values()).containsOnly(1);
    api.simulator()
        .referencesByReceiver()
        .values()
        .forEach(
            references ->
                assertThat(references)
                    .extracting(label -> RecordReference.parse(label).orElseThrow().offset())
                    .isSorted());
  }

  @Test
  void whatTheApiRejectsAfterwardsIsReportedAndNothingElseIs() {
    api.simulator().liveBy(SimulatorSettings.DEMO_SMS_CHANNEL_ID, LifeProfile.instant());
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      List<SinkRecord> records = new ArrayList<>(records(P0, 0, 60, KEYS));
      records.set(7, record(P0, 7, "key-7", noAddress("+31600000077")));
      harness.put(records);

      harness.untilCommitted(P0, 60);

      assertThat(harness.context.reports)
          .singleElement()
          .satisfies(
              report -> {
                assertThat(report.record().originalKafkaOffset()).isEqualTo(7);
                assertThat(report.error())
                    .hasMessageContaining("rejected it afterwards")
                    .hasMessageNotContaining("31600000077");
              });
    }
  }

  /** A text where an address has to be: the sink leaves formats to the API. */
  private static String noAddress(String receiver) {
    return """
        {"receiver": {"contacts": [{"identifierValue": "%s"}]},
         "body": {"type": "image", "image": {"images": [{"mediaUrl": "no address"}]}}}"""
        .formatted(receiver);
  }

  @Test
  void ofARefusedBatchOnlyTheSendAtFaultIsReported() {
    api.simulator().inject(FaultRule.answer(422).onReference(".*:orders:0:13:.*"));
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(records(P0, 0, 60, KEYS));

      harness.untilCommitted(P0, 60);

      assertThat(harness.context.reports)
          .extracting(report -> report.record().originalKafkaOffset())
          .containsExactly(13L);
      assertThat(api.simulator().madeByReference()).hasSize(59);
      assertThat(api.simulator().madeByReference().values()).containsOnly(1);
    }
  }

  @Test
  void lostAnswersRefusalsAndSilenceLoseAndDoubleNothing() {
    api.simulator().inject(FaultRule.doneThenReset().onCall(ApiCall.BATCH).withProbability(0.2, 1));
    api.simulator().inject(FaultRule.doneThenError().onCall(ApiCall.BATCH).withProbability(0.2, 2));
    api.simulator().inject(FaultRule.unavailable().onCall(ApiCall.BATCH).withProbability(0.2, 3));
    api.simulator().inject(FaultRule.tooManyRequests().withProbability(0.2, 4));
    api.simulator().inject(FaultRule.reset().onMethod("GET").withProbability(0.2, 5));
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(records(P0, 0, RECORDS, KEYS * 4));

      harness.untilCommitted(P0, RECORDS);

      checkMessages();
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void whatAnEarlierOwnerHadTakenInIsNotSentAgainAlthoughItIsMadeLate() {
    api.simulator().switches().set(Switch.BATCH_DELAY, Duration.ofMillis(900));
    TaskHarness first = TaskHarness.start(properties(), true);
    first.put(records(P0, 0, 40, 40));
    first.until(() -> api.simulator().traffic().total("POST", 202) > 0);
    assertThat(first.closePartitions(List.of(P0, P1))).containsEntry(P0, 0L);
    first.task.stop();

    try (TaskHarness second = TaskHarness.start(properties(), true)) {
      second.put(records(P0, 0, 40, 40));
      second.untilCommitted(P0, 40);
    }

    assertThat(api.simulator().madeByReference()).hasSize(40);
    assertThat(api.simulator().madeByReference().values()).containsOnly(1);
  }

  @Test
  void aMessageThatNeverShowsUpIsReportedAsUnknownAndNotSentAgain() {
    Map<String, String> properties = properties();
    properties.put("doubt.settle.ms", "0");
    api.simulator().switches().set(Switch.BATCH_DELAY, Duration.ofSeconds(20));
    try (TaskHarness harness = TaskHarness.start(properties, true)) {
      harness.put(records(P0, 0, 2, 2));

      harness.untilCommitted(P0, 2);

      assertThat(harness.context.reports)
          .hasSize(2)
          .allSatisfy(report -> assertThat(report.error()).hasMessageContaining("unknown outcome"));
      assertThat(api.simulator().traffic().total("POST", 202)).isEqualTo(1);
    }
  }

  @Test
  void partitionsOfBatchesPauseAtAHigherMark() {
    api.simulator().inject(FaultRule.hang());
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      String value = TaskHarness.text("+31600000001", "x".repeat(180_000));
      List<SinkRecord> records = new ArrayList<>();
      for (int offset = 0; offset < 120; offset++) {
        records.add(record(P0, offset, "k" + offset, value));
      }
      harness.put(records);

      assertThat(harness.context.paused).as("at 20 MB, as results are waited for").isEmpty();
    }
  }

  @Test
  void manyMessagesOfOthersDoNotKeepResultsFromBeingSeen() {
    Map<String, String> properties = properties();
    for (int i = 0; i < 3000; i++) {
      api.simulator()
          .receiveInbound(SimulatorSettings.DEMO_SMS_CHANNEL_ID, "+31600000001", "n " + i);
    }
    try (TaskHarness harness = TaskHarness.start(properties, true)) {
      harness.put(records(P0, 0, RECORDS, KEYS));
      harness.untilCommitted(P0, RECORDS);

      checkMessages();
    }
    Map<String, MadeMessage> byReference = new HashMap<>();
    api.simulator().messages().forEach(message -> byReference.put(message.reference(), message));
    assertThat(byReference).hasSize(RECORDS + 1);
  }
}
