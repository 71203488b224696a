package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.P1;
import static dev.birdconnect.sink.TaskHarness.record;
import static dev.birdconnect.sink.TaskHarness.records;
import static dev.birdconnect.sink.TaskHarness.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of records. */
class BirdSinkTaskTest {

  @RegisterExtension final SimulatedApi api = new SimulatedApi();

  @Test
  void everyRecordBecomesOneMessageInTheOrderOfItsKey() {
    Map<String, String> patient = api.properties("bird.http.request.timeout.ms", "3000");
    patient.put("doubt.settle.ms", "1000");
    try (TaskHarness harness = TaskHarness.start(patient, true)) {
      harness.put(records(P0, 0, 500, 20));
      harness.put(records(P1, 0, 500, 20));

      harness.untilCommitted(P0, 500);
      harness.untilCommitted(P1, 500);

      assertThat(api.simulator().madeByReference()).hasSize(1000).containsValue(1);
      assertThat(api.simulator().madeByReference().values()).containsOnly(1);
      api.simulator()
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

  @Test
  void theReferenceNamesTheRecordWhateverTransformsMadeOfIt() {
    SinkRecord original = record(P1, 77, "k", text("+31600000001", "hello"));
    SinkRecord renamed =
        original.newRecord(
            "renamed", 9, null, "k", null, original.value(), original.timestamp(), List.of());
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(List.of(renamed));

      harness.untilCommitted(P1, 78);

      assertThat(api.simulator().madeByReference())
          .containsOnlyKeys("bk1:shop:orders:1:77:" + RecordReference.guard(original.timestamp()));
    }
  }

  @Test
  void theNamespaceOfReferencesCanBeSet() {
    try (TaskHarness harness =
        TaskHarness.start(api.properties("reference.namespace", "blue"), true)) {
      harness.put(records(P0, 5, 1, 1));

      harness.untilCommitted(P0, 6);

      assertThat(api.simulator().madeByReference().keySet().iterator().next())
          .startsWith("bk1:blue:orders:0:5:");
    }
  }

  @Test
  void tooManyRequestsAreRepeatedUntilTheyPass() {
    api.simulator().inject(FaultRule.tooManyRequests().next(40).onMethod("POST"));
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(records(P0, 0, 60, 10));

      harness.untilCommitted(P0, 60);

      assertThat(api.simulator().madeByReference().values()).hasSize(60).containsOnly(1);
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void sendsWhoseOutcomeIsUnknownAreLookedUpAndEachIsMadeOnce() {
    api.simulator().inject(FaultRule.doneThenReset().onReference(".*:orders:0:2:.*").next(1));
    api.simulator().inject(FaultRule.doneThenError().onReference(".*:orders:0:4:.*").next(1));
    api.simulator().inject(FaultRule.unavailable().onReference(".*:orders:0:[57]:.*").next(3));
    api.simulator().inject(FaultRule.doneThenHang().onReference(".*:orders:0:1:.*").next(1));
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      harness.put(records(P0, 0, 20, 5));
      harness.untilCommitted(P0, 20);

      assertThat(api.simulator().madeByReference().values()).hasSize(20).containsOnly(1);
      List<String> made = api.simulator().messages().stream().map(MadeMessage::reference).toList();
      for (int key = 0; key < 5; key++) {
        int remainder = key;
        assertThat(offsets(made, P0)).filteredOn(offset -> offset % 5 == remainder).isSorted();
      }
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void afterAFatalVerdictNothingNewStarts() {
    api.simulator().inject(FaultRule.answer(401).onMethod("POST"));
    TaskHarness harness = TaskHarness.start(api.properties("max.in.flight", "1"), true);
    assertThatThrownBy(() -> putAndWait(harness, records(P0, 0, 5, 5)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("offset 0")
        .hasMessageContaining("access key");
    assertThat(api.struck()).isEqualTo(1);
    harness.close();
  }

  @Test
  void aHostThatComesBackGetsEveryRecordOnce() {
    Map<String, String> properties = api.properties();
    api.stop();
    try (TaskHarness harness = TaskHarness.start(properties, true)) {
      harness.put(records(P0, 0, 100, 10));
      harness.until(() -> harness.preCommit().get(P0) == 0);

      api.startAgain();
      harness.untilCommitted(P0, 100);

      assertThat(api.simulator().madeByReference().values()).hasSize(100).containsOnly(1);
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void orderCanBeByReceiverOrPartition() {
    for (String order : List.of("receiver", "partition")) {
      api.simulator().inject(FaultRule.latency(Duration.ZERO, Duration.ofMillis(10)));
      try (TaskHarness harness = TaskHarness.start(api.properties("order.by", order), true)) {
        List<SinkRecord> records = new ArrayList<>();
        for (int offset = 0; offset < 40; offset++) {
          records.add(record(P0, offset, null, text("+3160000000" + offset % 2, order + offset)));
        }
        harness.put(records);
        harness.untilCommitted(P0, 40);
      }
      api.simulator()
          .referencesByReceiver()
          .values()
          .forEach(references -> assertThat(offsets(references, P0)).isSorted());
      api.startAgain();
    }
  }

  @Test
  void keysOfBytesAreComparedByContent() {
    api.simulator().inject(FaultRule.latency(Duration.ZERO, Duration.ofMillis(10)));
    try (TaskHarness harness = TaskHarness.start(api.properties(), true)) {
      List<SinkRecord> records = new ArrayList<>();
      for (int offset = 0; offset < 40; offset++) {
        records.add(record(P0, offset, new byte[] {1, 2}, text("+31600000001", "n" + offset)));
      }
      harness.put(records);
      harness.untilCommitted(P0, 40);

      List<String> made =
          new ArrayList<>(api.simulator().messages().stream().map(MadeMessage::reference).toList());
      assertThat(offsets(made, P0)).isSorted();
    }
  }

  private static List<Long> offsets(List<String> references, TopicPartition partition) {
    return references.stream()
        .map(label -> RecordReference.parse(label).orElseThrow())
        .filter(reference -> reference.partition() == partition.partition())
        .map(RecordReference::offset)
        .toList();
  }

  private static void putAndWait(TaskHarness harness, List<SinkRecord> records) {
    harness.put(records);
    harness.until(() -> false);
  }
}
