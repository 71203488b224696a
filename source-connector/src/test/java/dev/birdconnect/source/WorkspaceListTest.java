package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.common.metrics.AllowedRate;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.metrics.ReadingCounters;
import dev.birdconnect.source.metrics.SourceMetric;
import dev.birdconnect.source.metrics.TaskMetrics;
import dev.birdconnect.source.workspace.WorkspaceUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A task of many quiet channels and a few busy ones against the API over HTTP, with and without a
 * list of all channels. How many reads that takes is printed; by exact time {@code
 * WorkspaceWatchTest} counts them. The system property {@code workspace.quiet} sets how many
 * channels are quiet.
 */
class WorkspaceListTest {

  private static final int QUIET = Integer.getInteger("workspace.quiet", 40);
  private static final int BUSY = 3;
  private static final int FACTOR = 20;
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration OVERLAP = Duration.ofSeconds(5);
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration TIME = Duration.ofSeconds(30);
  private static final Duration CALM = Duration.ofSeconds(70);

  private final FastTime time = new FastTime(FACTOR, Duration.ofMillis(1));
  private final List<String> channels =
      IntStream.range(0, QUIET + BUSY).mapToObj(i -> new UUID(QUIET, i).toString()).toList();

  private final ReadingCounters counters = new ReadingCounters(time::nanoTime);

  /** Switches, and whether there is a list of all channels under them. */
  record Setting(String name, SwitchValues switches, boolean there) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Setting> settings() {
    SwitchValues usual = SwitchValues.defaults();
    return Stream.of(
        new Setting("missing", usual.with(Choice.WORKSPACE_LIST_MISSING), false),
        new Setting("there", usual, true),
        new Setting(
            "oldest first, offset tokens, late within the overlap",
            usual
                .with(Choice.OLDEST_FIRST)
                .with(Choice.OFFSET_TOKEN)
                .with(Switch.READ_DELAY, Duration.ofSeconds(1))
                .with(Switch.LATE_ARRIVALS, Duration.ofSeconds(3)),
            true));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void losesAndRepeatsNothing(Setting setting) {
    SimulatorSettings settings =
        SimulatorSettings.demo()
            .withoutRateLimits()
            .withClock(time.clock())
            .withSwitches(setting.switches());
    try (Simulator simulator = Simulator.start(settings)) {
      channels.forEach(
          channel -> {
            simulator.addChannel(
                SimulatorSettings.DEMO_WORKSPACE_ID,
                ChannelSettings.of(UUID.fromString(channel), "sms", "Another"));
            simulator.receiveInbound(channel, "+31600000001", "Before");
          });
      simulator.inject(FaultRule.unavailable().withProbability(0.005, 7).onMethod("GET"));
      try (FakeWorker worker =
          new FakeWorker(
              offsets -> task(simulator, offsets), record -> false, FakeWorker.Reports.EACH)) {
        double perMinute = live(simulator, worker, setting.there());
        System.out.printf(
            "%s: %d quiet and %d busy channels, %.0f reads a minute%n",
            setting, QUIET, BUSY, perMinute);
        check(simulator, worker.records());
      }
    }
  }

  private StartedSourceTask task(Simulator simulator, OffsetStorageReader offsets) {
    Map<String, String> properties = TaskRun.properties(simulator, channels.toArray(String[]::new));
    properties.put("poll.interval.ms", Long.toString(POLL.toMillis()));
    properties.put("overlap.ms", Long.toString(OVERLAP.toMillis()));
    properties.put("page.size", "100");
    return new StartedSourceTask(
        new SourceConfig(properties),
        TaskRun.client(simulator),
        offsets,
        counters,
        time::nanoTime,
        () -> 1.0,
        time.wakeUp(),
        WorkspaceUse.USUAL);
  }

  /**
   * Reads for a while, with traffic, a restart in between; returns reads per minute before that.
   */
  private double live(Simulator simulator, FakeWorker worker, boolean listIsThere) {
    pollFor(simulator, worker, WARM_UP);
    while (workspaceReads() < (listIsThere ? 4 : 1)) {
      pollFor(simulator, worker, POLL);
    }
    simulator.traffic().reset();
    Instant begun = time.now();
    pollFor(simulator, worker, TIME);
    long reads =
        Stream.of(200, 404, 503)
            .mapToLong(status -> simulator.traffic().total("GET", status))
            .sum();
    assertThat(workspaceReads() > 1).as("used further").isEqualTo(listIsThere);
    double minutes = Duration.between(begun, time.now()).toMillis() / 60_000.0;
    worker.restart();
    pollFor(simulator, worker, WARM_UP);
    Instant calm = time.now().plus(CALM);
    while (time.now().isBefore(calm)) {
      worker.poll();
    }
    return reads / minutes;
  }

  private double workspaceReads() {
    AllowedRate any =
        new AllowedRate() {
          @Override
          public double perSecond() {
            return 1;
          }

          @Override
          public void close() {
            // There is nothing to close.
          }
        };
    return new TaskMetrics(counters, channels.size(), any, time::nanoTime)
        .read(SourceMetric.READS_WORKSPACE_TOTAL);
  }

  /** Busy channels get a message every second, and now and then one of the quiet ones does. */
  private void pollFor(Simulator simulator, FakeWorker worker, Duration duration) {
    Instant end = time.now().plus(duration);
    Instant next = time.now();
    int round = 0;
    while (time.now().isBefore(end)) {
      if (!time.now().isBefore(next)) {
        next = next.plusSeconds(1);
        round++;
        for (int i = 0; i < BUSY; i++) {
          simulator.receiveInbound(channels.get(i), "+31600000001", "Hi");
        }
        if (round % 20 == 0) {
          simulator.receiveInbound(channels.get(BUSY + round % QUIET), "+31600000001", "Hi");
        }
      }
      worker.poll();
    }
  }

  private static void check(Simulator simulator, List<SourceRecord> records) {
    List<String> emitted = new ArrayList<>();
    for (SourceRecord record : records) {
      if (record.topic().endsWith(".messages")) {
        emitted.add((String) record.key());
        assertThat(((Struct) record.value()).getBoolean("late")).isFalse();
      }
    }
    assertThat(emitted)
        .containsExactlyInAnyOrderElementsOf(
            simulator.messages().stream().map(MadeMessage::id).toList());
  }
}
