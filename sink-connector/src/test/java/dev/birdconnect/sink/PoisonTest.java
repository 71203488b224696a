package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** No record stops the task: it is sent, or it is a dead letter with a reason. */
class PoisonTest {

  private static final int RECORDS = 400;
  private static final String TEMPLATE =
      """
      {"receiver": {"contacts": [{"identifierValue": "${key:-k}"}, {"id": "${value.text?}"}]},
       "body": {"type": "text", "text": {"text": "a ${header.h:-x} ${value.body.text:-b}"}},
       "tags": ["${header['x.y']?}"],
       "meta": {"extraInformation": {"v": "${value?}", "b": "${value.body[0]?}"}}}""";

  @Property(tries = 4)
  void everyRecordThatIsARequestOrNot(@ForAll Random random) {
    everyRecordIsSentOrADeadLetter(random, Map.of());
  }

  @Property(tries = 4)
  void everyRecordThatFillsATemplateOrNot(@ForAll Random random) {
    everyRecordIsSentOrADeadLetter(
        random, Map.of("message.format", "template", "message.template", TEMPLATE));
  }

  @Property(tries = 2)
  void everyRecordWithALabelAndAChannelOfItsOwnOrNot(@ForAll Random random) {
    everyRecordIsSentOrADeadLetter(
        random,
        Map.of(
            "reference.from", "key",
            "order.by", "receiver",
            "bird.channel.by", "header",
            "bird.channel.header", "h",
            "bird.workspace.by", "field",
            "bird.workspace.field", "value.meta.extraInformation.workspace"));
  }

  private static void everyRecordIsSentOrADeadLetter(Random random, Map<String, String> settings) {
    PoisonRecords poison = new PoisonRecords(random);
    List<SinkRecord> records = new ArrayList<>();
    LongStream.range(0, RECORDS).forEach(offset -> records.add(poison.next(P0, offset)));
    try (Simulator simulator =
        Simulator.start(SimulatorSettings.demo().withoutRateLimits().withoutMagicReceivers())) {
      Map<String, String> properties = new HashMap<>(TaskHarness.properties(simulator.url()));
      properties.put("bird.http.request.timeout.ms", "5000");
      properties.putAll(settings);
      try (TaskHarness harness = TaskHarness.start(properties, true)) {
        harness.put(records);
        harness.untilCommitted(P0, RECORDS);

        List<Long> reported =
            harness.context.reports.stream()
                .map(report -> report.record().originalKafkaOffset())
                .toList();
        List<Long> sent = new ArrayList<>();
        simulator.messages().forEach(message -> sent.add(offset(message)));
        Set<Long> all = new TreeSet<>(reported);
        all.addAll(sent);
        assertThat(all).as("nothing is lost").hasSize(RECORDS);
        assertThat(reported.size() + sent.size()).as("nothing is doubled").isEqualTo(RECORDS);
        assertThat(sent).isNotEmpty();
        assertThat(harness.context.reports)
            .allSatisfy(report -> assertReason(report.error().getMessage()));
      }
    }
  }

  private static void assertReason(String reason) {
    assertThat(reason)
        .matches(
            "(?s)The record at topic orders, partition 0, offset \\d+ cannot be sent: .{20,2000}\\.")
        .as("it names what is wrong, not that something is")
        .doesNotContain("could not be turned into")
        .doesNotContain("31600000009");
  }

  private static long offset(MadeMessage message) {
    return RecordReference.parse(message.reference())
        .or(
            () ->
                RecordReference.parse(
                    message.json().replaceAll("(?s).*\"kafkaRecord\":\"([^\"]*)\".*", "$1")))
        .orElseThrow()
        .offset();
  }

  /** What no converter makes, and a transform hardly. */
  @Test
  void evenAValueThatCannotBeReadIsADeadLetter() {
    Map<Object, Object> broken =
        new HashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public Set<Map.Entry<Object, Object>> entrySet() {
            throw new IllegalStateException("+31600000001");
          }
        };
    try (Simulator simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits());
        TaskHarness harness = TaskHarness.start(TaskHarness.properties(simulator.url()), true)) {
      harness.put(
          List.of(
              TaskHarness.record(P0, 0, "k", Map.of("body", broken)),
              TaskHarness.record(P0, 1, "k", PoisonRecords.right())));
      harness.untilCommitted(P0, 2);

      assertThat(simulator.size()).isEqualTo(1);
      assertThat(
              harness.context.reports.stream()
                  .map(report -> String.valueOf(report.error().getMessage()))
                  .collect(Collectors.joining()))
          .contains("the value: it could not be turned into a request (IllegalStateException)")
          .doesNotContain("31600000001");
    }
  }
}
