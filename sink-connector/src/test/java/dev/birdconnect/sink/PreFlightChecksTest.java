package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.switches.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is wrong with a record is found before any call: the API would take most of it and make a
 * message that ends rejected.
 */
class PreFlightChecksTest {

  private static final String TO = "{\"identifierValue\": \"+31600000001\"}";
  private static final String BODY = "\"body\": {\"type\": \"text\", \"text\": {\"text\": \"hi\"}}";

  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorSettings.demo()
                .withoutRateLimits()
                .with(Choice.SEVERAL_REJECTED)
                .with(Choice.FAR_REJECTED)
                .with(Choice.EMPTY_ACCEPTED)
                .with(Choice.TEMPLATE_WINS));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private TaskHarness task(String channel) {
    Map<String, String> properties = TaskHarness.properties(simulator.url());
    properties.put("bird.channel.id", channel);
    return TaskHarness.start(properties, true);
  }

  private TaskHarness task() {
    return task(SimulatorSettings.DEMO_SMS_CHANNEL_ID);
  }

  private static String send(String contacts, String rest) {
    return "{\"receiver\": {\"contacts\": [" + contacts + "]}, " + rest + "}";
  }

  private static SinkRecord toTwo(long offset) {
    return record(P0, offset, "k" + offset, send(TO + ", " + TO, BODY));
  }

  private static SinkRecord toOne(long offset) {
    return record(P0, offset, "k" + offset, send(TO, BODY));
  }

  static Stream<Arguments> unfit() {
    String far = Instant.now().plus(Duration.ofDays(36)).toString();
    return Stream.of(
        Arguments.of("{" + BODY + "}", ".receiver: the field is required"),
        Arguments.of(send("", BODY), ".receiver.contacts: there is no contact; give at least one"),
        Arguments.of(send("{}", BODY), ".receiver.contacts[0]: the contact names nobody; give "),
        Arguments.of(
            send(TO + ", " + TO, BODY),
            ".receiver.contacts: there are 2 contacts, but the channel (platform sms) takes one; keep"),
        Arguments.of(
            send(TO, BODY + ", \"scheduledFor\": \"" + far + "\""),
            ".scheduledFor: the time is more than 35 days ahead; give an earlier one"),
        Arguments.of(
            send(TO, BODY + ", \"scheduledFor\": \"tomorrow\""),
            ".scheduledFor: value must be a time in RFC 3339"),
        Arguments.of(
            send(TO, "\"tags\": []"), ".body: neither body nor template is there; give exactly"),
        Arguments.of(
            send(TO, BODY + ", \"template\": {}"), ".body: body and template are both there; keep"),
        Arguments.of(
            send(TO, BODY + ", \"tags\": [\"a/b\"]"), ".tags[0]: a tag has 1 to 50 letters,"),
        Arguments.of(
            send(TO, BODY + ", \"tags\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]")
                .replaceAll("(\\d+)([,\\]])", "\"t$1\"$2"),
            ".tags: there are more than 10 tags; remove some"),
        Arguments.of(
            send(TO, BODY + ", \"colour\": 1"), ".colour: there is no such field; remove it, or"),
        Arguments.of(
            send(TO, BODY.replace("hi", "x".repeat(200_000))), ".body: the request has 200"));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void anUnfitRecordIsADeadLetterThatNamesFieldAndRemedyAndNeverACall(String value, String reason) {
    try (TaskHarness harness = task()) {
      harness.put(List.of(toOne(0)));
      harness.untilCommitted(P0, 1);

      harness.put(List.of(record(P0, 1, "bad", value)));
      harness.untilCommitted(P0, 2);

      assertThat(simulator.size()).as("only the good one is a message").isEqualTo(1);
      assertThat(harness.context.reports)
          .singleElement()
          .satisfies(
              report ->
                  assertThat(report.error())
                      .hasMessageStartingWith(
                          "The record at topic orders, partition 0, offset 1 cannot be sent: "
                              + reason)
                      .hasMessageEndingWith(".")
                      .hasMessageNotContainingAny("31600000001", "a/b", "tomorrow"));
    }
  }

  @Test
  void anEmailChannelTakesSeveralContacts() {
    try (TaskHarness harness = task(SimulatorSettings.DEMO_EMAIL_CHANNEL_ID)) {
      harness.put(List.of(toTwo(0), toTwo(1)));
      harness.untilCommitted(P0, 2);

      assertThat(simulator.size()).isEqualTo(2);
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void whereTheKeyMayNotReadTheChannelTheApiDecides() {
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.GET_CHANNEL));
    try (TaskHarness harness = task()) {
      harness.put(List.of(toTwo(0), toOne(1)));
      harness.untilCommitted(P0, 2);

      assertThat(simulator.size()).isEqualTo(2);
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void aChannelThatCannotBeReadNowIsReadLaterAndHoldsUpNobodyElse() {
    String fault = simulator.inject(FaultRule.hang().onCall(ApiCall.GET_CHANNEL));
    try (TaskHarness harness = task()) {
      harness.put(List.of(toTwo(0), toOne(1), toOne(2)));
      harness.until(() -> simulator.size() == 2);
      assertThat(harness.preCommit()).containsEntry(P0, 0L);

      simulator.faults().remove(fault);
      harness.untilCommitted(P0, 3);

      assertThat(simulator.size()).isEqualTo(2);
      assertThat(harness.context.reports).hasSize(1);
    }
  }
}
