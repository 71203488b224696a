package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.record;
import static dev.birdconnect.sink.TaskHarness.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that an earlier task, or this one, may have sent. */
class TakeoverTaskTest {

  @RegisterExtension final SimulatedApi api = new SimulatedApi();

  @Test
  void whatAnEarlierTaskHasSentIsNotSentAgain() {
    try (TaskHarness earlier = TaskHarness.start(api.properties(), true)) {
      earlier.put(records(P0, 0, 30, 30));
      earlier.until(() -> api.simulator().size() == 30);
    }
    try (TaskHarness later = TaskHarness.start(api.properties(), true)) {
      later.put(records(P0, 10, 40, 30));
      later.untilCommitted(P0, 50);

      assertThat(api.simulator().madeByReference().values()).hasSize(50).containsOnly(1);
    }
  }

  @Test
  void aTaskOfAnotherNamespaceSendsAgain() {
    try (TaskHarness earlier = TaskHarness.start(api.properties(), true)) {
      earlier.put(records(P0, 0, 10, 10));
      earlier.untilCommitted(P0, 10);
    }
    try (TaskHarness later = TaskHarness.start(api.properties("reference.namespace", "b"), true)) {
      later.put(records(P0, 0, 10, 10));
      later.untilCommitted(P0, 10);

      assertThat(api.simulator().size()).isEqualTo(20);
    }
  }

  @Test
  void callsOfAnEarlierTaskThatEndLateAreSeen() {
    api.simulator().inject(FaultRule.listingDelay(Duration.ofMillis(800)).next(10));
    TaskHarness earlier = TaskHarness.start(api.properties(), true);
    earlier.put(records(P0, 0, 10, 10));
    earlier.until(() -> api.simulator().size() == 10);
    try (TaskHarness later = TaskHarness.start(api.properties("doubt.settle.ms", "1000"), true)) {
      later.put(records(P0, 0, 10, 10));
      later.untilCommitted(P0, 10);

      assertThat(api.simulator().madeByReference().values()).hasSize(10).containsOnly(1);
    }
    earlier.close();
  }

  @Test
  void aPartitionThatComesBackIsTakenUpAtTheCommittedOffset() {
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(records(P0, 0, 10, 3));
      harness.untilCommitted(P0, 10);
      harness.closePartitions(List.of(P0));
      harness.open(List.of(P0));
      harness.put(records(P0, 10, 10, 3));
      harness.untilCommitted(P0, 20);

      assertThat(api.simulator().madeByReference().values()).hasSize(20).containsOnly(1);
    }
  }

  @Test
  void recordsDeliveredAgainAreNotSentAgain() {
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(records(P0, 0, 50, 5));
      harness.put(records(P0, 0, 50, 5));
      harness.untilCommitted(P0, 50);
      harness.put(records(P0, 20, 40, 5));
      harness.untilCommitted(P0, 60);

      assertThat(api.simulator().madeByReference().values()).hasSize(60).containsOnly(1);
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
      int before = api.simulator().size();
      Map<String, String> settings = api.properties("doubt.policy", policy);
      settings.put("reference.namespace", policy);
      try (TaskHarness harness = TaskHarness.start(settings, true)) {
        harness.put(records(P0, 0, 20, 5));
        harness.untilCommitted(P0, 20);
        harness.rewind(P0, 0);
        harness.put(madeAnew(records(P0, 0, 30, 5)));
        assertThat(harness.preCommit()).containsEntry(P0, 0L);

        harness.untilCommitted(P0, 30);

        boolean sent = policy.equals("send");
        assertThat(api.simulator().size() - before).isEqualTo(sent ? 50 : 30);
        assertThat(harness.context.reports).hasSize(sent ? 0 : 20);
      }
    }
  }

  @Test
  void recordsThatWereRejectedAreRejectedAgainWhenTheyComeAgain() {
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      List<SinkRecord> records = List.of(record(P0, 0, "a", "{}"), records(P0, 1, 1, 1).get(0));
      harness.put(records);
      harness.untilCommitted(P0, 2);
      harness.rewind(P0, 0);
      harness.put(records);
      harness.untilCommitted(P0, 2);

      assertThat(harness.context.reports)
          .extracting(report -> report.record().originalKafkaOffset())
          .containsExactly(0L, 0L);
      assertThat(api.simulator().size()).isEqualTo(1);
    }
  }
}
