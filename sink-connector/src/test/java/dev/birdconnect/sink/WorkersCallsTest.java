package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.P1;
import static dev.birdconnect.sink.TaskHarness.record;
import static dev.birdconnect.sink.TaskHarness.records;
import static dev.birdconnect.sink.TaskHarness.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a task does in the calls of its worker, and asks of it. */
class WorkersCallsTest {

  @RegisterExtension final SimulatedApi api = new SimulatedApi();

  @Test
  void partitionsPauseAboveTheHighMarkAndResumeBelowTheLowOne() {
    api.simulator().inject(FaultRule.latency(Duration.ofMillis(200)));
    try (TaskHarness harness = TaskHarness.start(api.properties("max.in.flight", "16"), true)) {
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
    try (TaskHarness harness = TaskHarness.start(api.properties("max.in.flight", "16"), true)) {
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
    api.simulator().inject(FaultRule.latency(Duration.ofMillis(1500)).next(1).onMethod("POST"));
    Map<String, String> properties = api.properties("bird.http.request.timeout.ms", "3000");
    try (TaskHarness harness = TaskHarness.start(properties, true)) {
      harness.put(List.of());
      assertThat(harness.context.timeout).as("when idle").isEqualTo(2_000);

      harness.put(records(P0, 0, 1, 1));
      assertThat(harness.context.timeout).isEqualTo(100);
      harness.until(() -> api.simulator().size() == 1 && harness.context.commitRequests > 0);

      assertThat(harness.context.commitRequests).isBetween(1, 6);
      harness.untilCommitted(P0, 1);
      harness.put(List.of());
      assertThat(harness.context.timeout).as("when idle again").isEqualTo(2_000);
    }
  }

  @Test
  void closeLetsCallsInFlightEndAndTheirOffsetsCount() {
    api.simulator().inject(FaultRule.latency(Duration.ofMillis(300)).onMethod("POST"));
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(records(P0, 0, 10, 10));
      harness.put(records(P1, 0, 10, 10));
      harness.until(() -> api.struck() == 20);

      assertThat(harness.closePartitions(List.of(P0))).containsEntry(P0, 10L);

      harness.untilCommitted(P1, 10);
      assertThat(api.simulator().madeByReference().values()).hasSize(20).containsOnly(1);
    }
  }

  @Test
  void whatIsFinishedBetweenTheLastCommitAndTheCloseIsCommittedToo() {
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      CompletableFuture<Void> written = new CompletableFuture<>();
      harness.context.reportWritten = written;
      harness.put(List.of(record(P0, 0, "a", "{}")));
      assertThat(harness.preCommit()).containsEntry(P0, 0L);

      assertThat(harness.closePartitions(List.of(P0), () -> written.complete(null)))
          .containsEntry(P0, 1L);
    }
  }

  @Test
  void partitionsThatAreGivenUpStartNothingMore() {
    api.simulator().inject(FaultRule.latency(Duration.ofMillis(100)).onMethod("POST"));
    try (TaskHarness harness = TaskHarness.start(api.properties("max.in.flight", "5"), true)) {
      harness.put(records(P0, 0, 50, 50));
      harness.until(() -> api.struck() >= 5);

      Map<TopicPartition, Long> committed = harness.closePartitions(List.of(P0));

      assertThat(api.simulator().size()).isBetween(5, 25);
      assertThat(committed.get(P0)).isEqualTo(api.simulator().size());
    }
  }

  @Test
  void closeAndStopAreBoundedWhenTheApiHangs() {
    api.simulator().inject(FaultRule.hang().onMethod("POST"));
    TaskHarness harness =
        TaskHarness.start(
            api.properties("bird.http.request.timeout.ms", "4000", "doubt.settle.ms", "0"), true);
    harness.put(records(P0, 0, 300, 300));
    harness.until(() -> api.struck() > 0);

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
  void stoppingTwiceOrWithoutAStartDoesNothing() {
    TaskHarness harness = TaskHarness.start(api.properties(), true);
    harness.close();
    assertThatCode(harness.task::stop).doesNotThrowAnyException();
    assertThatCode(new BirdSinkTask()::stop).doesNotThrowAnyException();
  }

  @Test
  void closingTwiceGivesUpAPartitionOnce() {
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(records(P0, 0, 10, 10));
      harness.untilCommitted(P0, 10);
      harness.task.close(List.of(P0));
      assertThatCode(() -> harness.task.close(List.of(P0))).doesNotThrowAnyException();

      harness.put(List.of());
      assertThat(harness.preCommit()).containsEntry(P1, 0L);
    }
  }

  @Test
  void preCommitReturnsThePositionGivenWhenNothingIsUnfinished() {
    try (TaskHarness harness = TaskHarness.start(new HashMap<>(api.properties()), true)) {
      assertThat(harness.preCommit()).containsEntry(P0, 0L).containsEntry(P1, 0L);
      assertThat(harness.task.preCommit(Collections.emptyMap())).isEmpty();
    }
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void putAndPreCommitNeverWaitForTheApi() {
    api.simulator().inject(FaultRule.hang());
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(records(P0, 0, 500, 100));
      harness.until(() -> api.struck() > 0);
      for (int from = 500; from < 5_000; from += 500) {
        harness.put(records(P0, from, 500, 100));
        assertThat(harness.preCommit()).containsEntry(P0, 0L);
      }
    }
  }

  @Test
  void aTaskWhoseRecordsAreFinishedAsksForACommitOfThem() {
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(List.of(record(P0, 0, "a", null)));
      assertThat(harness.context.timeout).as("finished, and not committed").isEqualTo(100);
      harness.until(() -> harness.context.commitRequests > 0);

      assertThat(harness.preCommit()).containsEntry(P0, 1L);
      harness.put(List.of());
      assertThat(harness.context.timeout).isEqualTo(2_000);
    }
  }
}
