package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.P1;
import static dev.birdconnect.sink.TaskHarness.record;
import static dev.birdconnect.sink.TaskHarness.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.simulator.fault.FaultRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that become no message. */
class DeadLettersTest {

  @RegisterExtension final SimulatedApi api = new SimulatedApi();

  @Test
  void refusedRecordsAreReportedWithTheReasonAndNothingElseIs() {
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      List<SinkRecord> records = new ArrayList<>(records(P0, 0, 20, 5));
      records.set(7, record(P0, 7, "key-2", "{\"receiver\": {}}"));
      records.set(11, record(P0, 11, "key-1", "no json: +31612345678"));
      api.simulator().inject(FaultRule.answer(422).onReference(".*:orders:0:13:.*"));
      harness.put(records);

      harness.untilCommitted(P0, 20);

      assertThat(api.simulator().size()).isEqualTo(17);
      assertThat(harness.context.reports)
          .extracting(report -> report.record().originalKafkaOffset())
          .containsExactlyInAnyOrder(7L, 11L, 13L);
      assertThat(harness.context.reports)
          .as("unchanged")
          .allSatisfy(
              report ->
                  assertThat(report.record())
                      .isSameAs(records.get((int) report.record().originalKafkaOffset())));
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
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.context.reportWritten = new CompletableFuture<>();
      harness.put(List.of(record(P0, 0, "a", "{}"), records(P0, 1, 1, 1).get(0)));
      harness.until(() -> api.simulator().size() == 1);

      assertThat(harness.preCommit()).containsEntry(P0, 0L);

      harness.context.reportWritten.complete(null);
      harness.untilCommitted(P0, 2);
    }
  }

  @Test
  void aReportThatCannotBeWrittenFailsTheTask() {
    TaskHarness harness = TaskHarness.start(api.properties(), true);
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
    TaskHarness harness = TaskHarness.start(api.properties(), false);
    api.simulator().inject(FaultRule.answer(422).onReference(".*:orders:0:4:.*"));
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
  void tombstonesAreFinishedReportedOrFatalBySetting() {
    SinkRecord tombstone = record(P0, 0, "a", null);
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(List.of(tombstone));
      assertThat(harness.preCommit()).containsEntry(P0, 1L);
      assertThat(harness.context.reports).isEmpty();
    }
    try (TaskHarness harness =
        TaskHarness.start(api.properties("behavior.on.null.values", "report"), true)) {
      harness.put(List.of(tombstone));
      assertThat(harness.preCommit()).containsEntry(P0, 1L);
      assertThat(harness.context.reports).hasSize(1);
    }
    try (TaskHarness harness =
        TaskHarness.start(api.properties("behavior.on.null.values", "fail"), true)) {
      assertThatThrownBy(() -> harness.put(List.of(tombstone)))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("offset 0")
          .hasMessageContaining("behavior.on.null.values");
    }
    assertThat(api.simulator().size()).isZero();
  }

  @Test
  void aReportThatCannotBeWrittenAtACommitFailsTheNextPut() {
    TaskHarness harness = TaskHarness.start(api.properties(), true);
    harness.context.reportWritten = new CompletableFuture<>();
    harness.put(List.of(record(P0, 3, "a", "{}")));
    harness.context.reportWritten.completeExceptionally(new IllegalStateException("no topic"));

    assertThat(harness.preCommit()).as("it throws nothing").containsEntry(P0, 3L);

    assertThatThrownBy(() -> harness.put(List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("offset 3")
        .hasMessageContaining("could not be written");
    harness.close();
  }
}
