package dev.birdconnect.systemtests;

import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.generation.HistorySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source in a worker whose transform drops more records in a row than the worker may hold. A
 * worker with exactly-once support says of a dropped record that it has ended only together with a
 * later one that is kept.
 */
class DroppedRecordsIT {

  private static final int HISTORY = 5_000;

  @ParameterizedTest
  @ValueSource(strings = {"enabled", "disabled"})
  void theSourceReadsOn(String exactlyOnce) {
    String name = "dropped";
    try (ConnectStack stack =
        ConnectStack.start(
            SimulatorSettings.demo().withoutRateLimits(),
            Map.of("exactly.once.source.support", exactlyOnce))) {
      Simulator simulator = stack.simulator();
      simulator.makeHistory(
          ConnectStack.CHANNEL,
          HistorySpec.of(HISTORY, simulator.clock().instant()).withOpen(0, Duration.ofDays(1)));
      Map<String, String> settings = stack.sourceSettings(name);
      settings.put("bird.channel.ids", ConnectStack.CHANNEL);
      settings.put("heartbeat.topic", name + ".heartbeats");
      settings.put("heartbeat.interval.ms", "1000");
      settings.put("transforms", "drop");
      settings.put("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter");
      settings.put("transforms.drop.predicate", "isEvent");
      settings.put("predicates", "isEvent");
      settings.put(
          "predicates.isEvent.type",
          "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
      settings.put("predicates.isEvent.pattern", ".*\\.(messages|statuses)");
      stack.createConnector(name, settings);
      Instant newest =
          simulator.messages(ConnectStack.CHANNEL).stream()
              .map(MadeMessage::createdAt)
              .max(Comparator.naturalOrder())
              .orElseThrow();
      await("all of %,d messages are read, though each is dropped".formatted(HISTORY))
          .atMost(ConnectStack.PATIENCE)
          .until(() -> emittedUpTo(stack, name + ".heartbeats").isAfter(newest));
      stack.awaitState(name, "RUNNING");
    }
  }

  private static Instant emittedUpTo(ConnectStack stack, String heartbeats) {
    return stack.readAll(heartbeats).stream()
        .map(beat -> Instant.parse(Orders.json(beat.value()).get("emittedUpToText").textValue()))
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }
}
