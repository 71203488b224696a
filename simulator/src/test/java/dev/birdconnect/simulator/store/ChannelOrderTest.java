package dev.birdconnect.simulator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.ManualClock;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.simulator.switches.Switches;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ChannelOrderTest {
  private static final UUID SMS = UUID.fromString(SimulatorSettings.DEMO_SMS_CHANNEL_ID);

  @Test
  void theOrderOfTheListIsTheOrderOfMakingWhateverTheClockDoes() {
    ManualClock clock = new ManualClock(Instant.parse("2031-03-01T13:00:00Z"));
    Channel channel = channel(clock);
    List<StoredMessage> made = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(channel.add(draft()));
      if (i % 3000 == 0) {
        clock.advance(Duration.ofMillis(i % 2 == 0 ? 1 : -50));
      }
    }
    assertThat(channel.all()).containsExactlyElementsOf(made);
    assertThat(made).extracting(StoredMessage::position).isSorted();
    assertThat(made).extracting(message -> message.position().id().version()).containsOnly(4);
    assertThat(made)
        .isSortedAccordingTo(
            (a, b) ->
                a.position().createdAtMillis() == b.position().createdAtMillis()
                    ? a.position().id().toString().compareTo(b.position().id().toString())
                    : Long.compare(a.position().createdAtMillis(), b.position().createdAtMillis()));
  }

  @Test
  void aReaderThatFollowsTheEndMissesNothingUnderConcurrentSends() throws Exception {
    Channel channel = channel(Clock.systemUTC());
    int writers = 4;
    int each = 3000;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        running.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    channel.add(draft());
                  }
                }));
      }
      List<StoredMessage> seen = new ArrayList<>();
      while (seen.size() < writers * each && !allFailed(running)) {
        Optional<Position> after =
            seen.isEmpty() ? Optional.empty() : Optional.of(seen.get(seen.size() - 1).position());
        seen.addAll(channel.page(after, false, message -> true, 100));
      }
      assertThat(seen).containsExactlyElementsOf(channel.all());
      assertThat(seen).extracting(StoredMessage::sequence).isSorted().doesNotHaveDuplicates();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void equalSeedsGiveEqualIds() {
    Clock clock = Clock.fixed(Instant.EPOCH, java.time.ZoneOffset.UTC);
    assertThat(channel(clock).add(draft()).position())
        .isEqualTo(channel(clock).add(draft()).position());
  }

  private static boolean allFailed(List<Future<?>> running) {
    return running.stream().anyMatch(Future::isCancelled);
  }

  private static Channel channel(Clock clock) {
    return new Accounts(
            SimulatorSettings.demo().workspaces(),
            clock,
            new Switches(SwitchValues.defaults()),
            1,
            true)
        .channel(SMS)
        .orElseThrow();
  }

  private static Draft draft() {
    return new Draft(
        false,
        "r",
        "+31600000001",
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Json.mapper().createObjectNode().put("reference", "r"));
  }
}
