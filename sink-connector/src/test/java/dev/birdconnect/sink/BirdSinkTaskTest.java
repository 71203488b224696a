package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.P1;
import static dev.birdconnect.sink.TaskHarness.record;
import static dev.birdconnect.sink.TaskHarness.records;
import static dev.birdconnect.sink.TaskHarness.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BirdSinkTaskTest {

  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Map<String, String> properties() {
    return TaskHarness.properties(simulator.url());
  }

  private Map<String, String> properties(String setting, String value) {
    Map<String, String> properties = properties();
    properties.put(setting, value);
    return properties;
  }

  /** How many requests the first fault met. */
  private int struck() {
    return (int) simulator.faults().list().get(0).struck();
  }

  @Test
  void everyRecordBecomesOneMessageInTheOrderOfItsKey() {
    Map<String, String> patient = properties("bird.http.request.timeout.ms", "3000");
    patient.put("doubt.settle.ms", "1000");
    try (TaskHarness harness = TaskHarness.start(patient, true)) {
      harness.put(records(P0, 0, 500, 20));
      harness.put(records(P1, 0, 500, 20));

      harness.untilCommitted(P0, 500);
      harness.untilCommitted(P1, 500);

      assertThat(simulator.madeByReference()).hasSize(1000).containsValue(1);
      assertThat(simulator.madeByReference().values()).containsOnly(1);
      simulator
          .referencesByReceiver()
          .values()
          .forEach(
              references -> {
                for (TopicPartition partition : List.of(P0, P1)) {
                  assertThat(offsets(references, partition)).isSorted();
                }
              });
      assertThat(harness.context.reports).isEmpty();
    }
  }

  private static List<Long> offsets(List<String> references, TopicPartition partition) {
    return references.stream()
        .map(label -> RecordReference.parse(label).orElseThrow())
        .filter(reference -> reference.partition() == partition.partition())
        .map(RecordReference::offset)
        .toList();
  }

  @Test
  void theReferenceNamesTheRecordWhateverTransformsMadeOfIt() {
    SinkRecord original = record(P1, 77, "k", text("+31600000001", "hello"));
    SinkRecord renamed =
        original.newRecord(
            "renamed", 9, null, "k", null, original.value(), original.timestamp(), List.of());
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(List.of(renamed));

      harness.untilCommitted(P1, 78);

      assertThat(simulator.madeByReference())
          .containsOnlyKeys("bk1:shop:orders:1:77:" + RecordReference.guard(original.timestamp()));
    }
  }

  @Test
  void theNamespaceOfReferencesCanBeSet() {
    try (TaskHarness harness = TaskHarness.start(properties("reference.namespace", "blue"), true)) {
      harness.put(records(P0, 5, 1, 1));

      harness.untilCommitted(P0, 6);

      assertThat(simulator.madeByReference().keySet().iterator().next())
          .startsWith("bk1:blue:orders:0:5:");
    }
  }

  @Test
  void refusedRecordsAreReportedWithTheReasonAndNothingElseIs() {
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      List<SinkRecord> records = new ArrayList<>(records(P0, 0, 20, 5));
      records.set(7, record(P0, 7, "key-2", "{\"receiver\": {}}"));
      records.set(11, record(P0, 11, "key-1", "no json: +31612345678"));
      simulator.inject(FaultRule.answer(422).onReference(".*:orders:0:13:.*"));
      harness.put(records);

      harness.untilCommitted(P0, 20);

      assertThat(simulator.size()).isEqualTo(17);
      assertThat(harness.context.reports)
          .extracting(report -> report.record().originalKafkaOffset())
          .containsExactlyInAnyOrder(7L, 11L, 13L);
      assertThat(harness.context.reports)
          .allSatisfy(
              report ->
                  assertThat(report.error())
                      .hasMessageContaining("topic orders, partition 0, offset ")
                      .hasMessageNotContaining("31612345678"));
      assertThat(messageOf(harness, 7)).contains(".receiver.contacts");
      assertThat(messageOf(harness, 11)).contains("line 1");
      assertThat(messageOf(harness, 13)).contains("422");
    }
  }

  private static String messageOf(TaskHarness harness, long offset) {
    return harness.context.reports.stream()
        .filter(report -> report.record().originalKafkaOffset() == offset)
        .map(report -> report.error().getMessage())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRejectedRecordIsFinishedOnlyWhenItsReportIs() {
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.context.reportWritten = new CompletableFuture<>();
      harness.put(List.of(record(P0, 0, "a", "{}"), records(P0, 1, 1, 1).get(0)));
      harness.until(() -> simulator.size() == 1);

      assertThat(harness.preCommit()).containsEntry(P0, 0L);

      harness.context.reportWritten.complete(null);
      harness.untilCommitted(P0, 2);
    }
  }

  @Test
  void aReportThatCannotBeWrittenFailsTheTask() {
    TaskHarness harness = TaskHarness.start(properties(), true);
    harness.context.reportWritten =
        CompletableFuture.failedFuture(new IllegalStateException("no topic"));

    assertThatThrownBy(() -> harness.put(List.of(record(P0, 3, "a", "{}"))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("offset 3")
        .hasMessageContaining("could not be written");
    harness.close();
  }

  @Test
  void withoutReporterARejectedRecordFailsTheTask() {
    TaskHarness harness = TaskHarness.start(properties(), false);
    simulator.inject(FaultRule.answer(422).onReference(".*:orders:0:4:.*"));
    assertThatThrownBy(() -> putAndWait(harness, records(P0, 0, 10, 10)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("topic orders, partition 0, offset 4")
        .hasMessageContaining("422")
        .hasMessageContaining("errors.deadletterqueue.topic.name");
    assertThat(harness.closePartitions(List.of(P0, P1))).containsEntry(P0, 4L);
    harness.close();
  }

  private static void putAndWait(TaskHarness harness, List<SinkRecord> records) {
    harness.put(records);
    harness.until(() -> false);
  }

  @Test
  void tooManyRequestsAreRepeatedUntilTheyPass() {
    simulator.inject(FaultRule.tooManyRequests().next(40).onMethod("POST"));
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(records(P0, 0, 60, 10));

      harness.untilCommitted(P0, 60);

      assertThat(simulator.madeByReference().values()).hasSize(60).containsOnly(1);
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void sendsWhoseOutcomeIsUnknownAreLookedUpAndEachIsMadeOnce() {
    simulator.inject(FaultRule.doneThenReset().onReference(".*:orders:0:2:.*").next(1));
    simulator.inject(FaultRule.doneThenError().onReference(".*:orders:0:4:.*").next(1));
    simulator.inject(FaultRule.unavailable().onReference(".*:orders:0:[57]:.*").next(3));
    simulator.inject(FaultRule.doneThenHang().onReference(".*:orders:0:1:.*").next(1));
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(records(P0, 0, 20, 5));
      harness.untilCommitted(P0, 20);

      assertThat(simulator.madeByReference().values()).hasSize(20).containsOnly(1);
      List<String> made = simulator.messages().stream().map(MadeMessage::reference).toList();
      for (int key = 0; key < 5; key++) {
        int remainder = key;
        assertThat(offsets(made, P0)).filteredOn(offset -> offset % 5 == remainder).isSorted();
      }
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void whatAnEarlierTaskHasSentIsNotSentAgain() {
    try (TaskHarness earlier = TaskHarness.start(properties(), true)) {
      earlier.put(records(P0, 0, 30, 30));
      earlier.until(() -> simulator.size() == 30);
    }
    try (TaskHarness later = TaskHarness.start(properties(), true)) {
      later.put(records(P0, 10, 40, 30));
      later.untilCommitted(P0, 50);

      assertThat(simulator.madeByReference().values()).hasSize(50).containsOnly(1);
    }
  }

  @Test
  void aTaskOfAnotherNamespaceSendsAgain() {
    try (TaskHarness earlier = TaskHarness.start(properties(), true)) {
      earlier.put(records(P0, 0, 10, 10));
      earlier.untilCommitted(P0, 10);
    }
    try (TaskHarness later = TaskHarness.start(properties("reference.namespace", "b"), true)) {
      later.put(records(P0, 0, 10, 10));
      later.untilCommitted(P0, 10);

      assertThat(simulator.size()).isEqualTo(20);
    }
  }

  @Test
  void callsOfAnEarlierTaskThatEndLateAreSeen() {
    simulator.inject(FaultRule.listingDelay(Duration.ofMillis(800)).next(10));
    TaskHarness earlier = TaskHarness.start(properties(), true);
    earlier.put(records(P0, 0, 10, 10));
    earlier.until(() -> simulator.size() == 10);
    try (TaskHarness later = TaskHarness.start(properties("doubt.settle.ms", "1000"), true)) {
      later.put(records(P0, 0, 10, 10));
      later.untilCommitted(P0, 10);

      assertThat(simulator.madeByReference().values()).hasSize(10).containsOnly(1);
    }
    earlier.close();
  }

  @Test
  void afterAFatalVerdictNothingNewStarts() {
    simulator.inject(FaultRule.answer(401).onMethod("POST"));
    TaskHarness harness = TaskHarness.start(properties("max.in.flight", "1"), true);
    assertThatThrownBy(() -> putAndWait(harness, records(P0, 0, 5, 5)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("offset 0")
        .hasMessageContaining("access key");
    assertThat(struck()).isEqualTo(1);
    harness.close();
  }

  @Test
  void aHostThatComesBackGetsEveryRecordOnce() {
    int port = simulator.port();
    Map<String, String> properties = properties();
    simulator.close();
    try (TaskHarness harness = TaskHarness.start(properties, true)) {
      harness.put(records(P0, 0, 100, 10));
      harness.until(() -> harness.preCommit().get(P0) == 0);

      simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits().withPort(port));
      harness.untilCommitted(P0, 100);

      assertThat(simulator.madeByReference().values()).hasSize(100).containsOnly(1);
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void tombstonesAreFinishedReportedOrFatalBySetting() {
    SinkRecord tombstone = record(P0, 0, "a", null);
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(List.of(tombstone));
      assertThat(harness.preCommit()).containsEntry(P0, 1L);
      assertThat(harness.context.reports).isEmpty();
    }
    try (TaskHarness harness =
        TaskHarness.start(properties("behavior.on.null.values", "report"), true)) {
      harness.put(List.of(tombstone));
      assertThat(harness.preCommit()).containsEntry(P0, 1L);
      assertThat(harness.context.reports).hasSize(1);
    }
    try (TaskHarness harness =
        TaskHarness.start(properties("behavior.on.null.values", "fail"), true)) {
      assertThatThrownBy(() -> harness.put(List.of(tombstone)))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("offset 0")
          .hasMessageContaining("behavior.on.null.values");
    }
    assertThat(simulator.size()).isZero();
  }

  @Test
  void recordsDeliveredAgainAreNotSentAgain() {
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(records(P0, 0, 50, 5));
      harness.put(records(P0, 0, 50, 5));
      harness.untilCommitted(P0, 50);
      harness.put(records(P0, 20, 40, 5));
      harness.untilCommitted(P0, 60);

      assertThat(simulator.madeByReference().values()).hasSize(60).containsOnly(1);
    }
  }

  /** Records of a topic made anew: the same offsets and keys at another time. */
  private static List<SinkRecord> madeAnew(List<SinkRecord> records) {
    return records.stream()
        .map(
            record ->
                new SinkRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    null,
                    record.key(),
                    null,
                    record.value(),
                    record.kafkaOffset(),
                    record.timestamp() + 1_000_000,
                    record.timestampType()))
        .toList();
  }

  @Test
  void recordsOfATopicMadeAnewUnderTheTaskAreNotTakenForThoseBefore() {
    for (String policy : List.of("send", "report")) {
      int before = simulator.size();
      Map<String, String> settings = properties("doubt.policy", policy);
      settings.put("reference.namespace", policy);
      try (TaskHarness harness = TaskHarness.start(settings, true)) {
        harness.put(records(P0, 0, 20, 5));
        harness.untilCommitted(P0, 20);
        harness.rewind(P0, 0);
        harness.put(madeAnew(records(P0, 0, 30, 5)));
        assertThat(harness.preCommit()).containsEntry(P0, 0L);

        harness.untilCommitted(P0, 30);

        boolean sent = policy.equals("send");
        assertThat(simulator.size() - before).isEqualTo(sent ? 50 : 30);
        assertThat(harness.context.reports).hasSize(sent ? 0 : 20);
      }
    }
  }

  @Test
  void partitionsPauseAboveTheHighMarkAndResumeBelowTheLowOne() {
    simulator.inject(FaultRule.latency(Duration.ofMillis(200)));
    try (TaskHarness harness = TaskHarness.start(properties("max.in.flight", "16"), true)) {
      String big = "x".repeat(180_000);
      List<SinkRecord> records = new ArrayList<>();
      for (int offset = 0; offset < 120; offset++) {
        records.add(record(P0, offset, "k" + offset, text("+31600000001", big)));
      }
      harness.put(records);
      assertThat(harness.context.paused).containsExactly(P0);

      harness.untilCommitted(P0, 120);

      assertThat(harness.context.paused).isEmpty();
      assertThat(harness.context.resumes).isEqualTo(1);
    }
  }

  @Test
  void aPartitionThatWasPausedWhenItWasGivenUpIsResumedWhenItComesBack() {
    try (TaskHarness harness = TaskHarness.start(properties("max.in.flight", "16"), true)) {
      String big = "x".repeat(180_000);
      List<SinkRecord> records = new ArrayList<>();
      for (int offset = 0; offset < 120; offset++) {
        records.add(record(P0, offset, "k" + offset, text("+31600000001", big)));
      }
      harness.put(records);
      assertThat(harness.context.paused).containsExactly(P0);

      harness.closePartitions(List.of(P0));
      harness.put(List.of());
      assertThat(harness.context.paused).as("not ours to resume").containsExactly(P0);

      harness.open(List.of(P0));
      harness.put(List.of());
      assertThat(harness.context.paused).isEmpty();
    }
  }

  @Test
  void whileAnythingIsUnfinishedTheTaskAsksToBeCalledAndToCommitAboutOnceASecond() {
    simulator.inject(FaultRule.latency(Duration.ofMillis(1500)).next(1).onMethod("POST"));
    Map<String, String> properties = properties("bird.http.request.timeout.ms", "3000");
    try (TaskHarness harness = TaskHarness.start(properties, true)) {
      harness.put(List.of());
      assertThat(harness.context.timeout).as("when idle").isEqualTo(2_000);

      harness.put(records(P0, 0, 1, 1));
      assertThat(harness.context.timeout).isEqualTo(100);
      harness.until(() -> simulator.size() == 1 && harness.context.commitRequests > 0);

      assertThat(harness.context.commitRequests).isBetween(1, 6);
      harness.untilCommitted(P0, 1);
      harness.put(List.of());
      assertThat(harness.context.timeout).as("when idle again").isEqualTo(2_000);
    }
  }

  @Test
  void closeLetsCallsInFlightEndAndTheirOffsetsCount() {
    simulator.inject(FaultRule.latency(Duration.ofMillis(300)).onMethod("POST"));
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(records(P0, 0, 10, 10));
      harness.put(records(P1, 0, 10, 10));
      harness.until(() -> struck() == 20);

      assertThat(harness.closePartitions(List.of(P0))).containsEntry(P0, 10L);

      harness.untilCommitted(P1, 10);
      assertThat(simulator.madeByReference().values()).hasSize(20).containsOnly(1);
    }
  }

  @Test
  void partitionsThatAreGivenUpStartNothingMore() {
    simulator.inject(FaultRule.latency(Duration.ofMillis(100)).onMethod("POST"));
    try (TaskHarness harness = TaskHarness.start(properties("max.in.flight", "5"), true)) {
      harness.put(records(P0, 0, 50, 50));
      harness.until(() -> struck() >= 5);

      Map<TopicPartition, Long> committed = harness.closePartitions(List.of(P0));

      assertThat(simulator.size()).isBetween(5, 25);
      assertThat(committed.get(P0)).isEqualTo(simulator.size());
    }
  }

  @Test
  void closeAndStopAreBoundedWhenTheApiHangs() {
    simulator.inject(FaultRule.hang().onMethod("POST"));
    TaskHarness harness = TaskHarness.start(properties(), true);
    harness.put(records(P0, 0, 300, 300));
    harness.until(() -> struck() > 0);

    long before = System.nanoTime();
    assertThat(harness.closePartitions(List.of(P0, P1))).containsEntry(P0, 0L);
    harness.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("bird-sink-shop-0")));
  }

  @Test
  void aPartitionThatComesBackIsTakenUpAtTheCommittedOffset() {
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      harness.put(records(P0, 0, 10, 3));
      harness.untilCommitted(P0, 10);
      harness.closePartitions(List.of(P0));
      harness.open(List.of(P0));
      harness.put(records(P0, 10, 10, 3));
      harness.untilCommitted(P0, 20);

      assertThat(simulator.madeByReference().values()).hasSize(20).containsOnly(1);
    }
  }

  @Test
  void orderCanBeByReceiverOrPartition() {
    for (String order : List.of("receiver", "partition")) {
      simulator.inject(FaultRule.latency(Duration.ZERO, Duration.ofMillis(10)));
      try (TaskHarness harness = TaskHarness.start(properties("order.by", order), true)) {
        List<SinkRecord> records = new ArrayList<>();
        for (int offset = 0; offset < 40; offset++) {
          records.add(record(P0, offset, null, text("+3160000000" + offset % 2, order + offset)));
        }
        harness.put(records);
        harness.untilCommitted(P0, 40);
      }
      simulator
          .referencesByReceiver()
          .values()
          .forEach(references -> assertThat(offsets(references, P0)).isSorted());
      simulator.close();
      start();
    }
  }

  @Test
  void keysOfBytesAreComparedByContent() {
    simulator.inject(FaultRule.latency(Duration.ZERO, Duration.ofMillis(10)));
    try (TaskHarness harness = TaskHarness.start(properties(), true)) {
      List<SinkRecord> records = new ArrayList<>();
      for (int offset = 0; offset < 40; offset++) {
        records.add(record(P0, offset, new byte[] {1, 2}, text("+31600000001", "n" + offset)));
      }
      harness.put(records);
      harness.untilCommitted(P0, 40);

      List<String> made =
          new ArrayList<>(simulator.messages().stream().map(MadeMessage::reference).toList());
      assertThat(offsets(made, P0)).isSorted();
    }
  }

  @Test
  void preCommitReturnsThePositionGivenWhenNothingIsUnfinished() {
    try (TaskHarness harness = TaskHarness.start(new HashMap<>(properties()), true)) {
      assertThat(harness.preCommit()).containsEntry(P0, 0L).containsEntry(P1, 0L);
      assertThat(harness.task.preCommit(Collections.emptyMap())).isEmpty();
    }
  }
}
