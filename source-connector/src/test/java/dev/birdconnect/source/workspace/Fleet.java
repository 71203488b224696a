package dev.birdconnect.source.workspace;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.metrics.ReadingCounters;
import dev.birdconnect.source.position.ChannelState;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.ChannelReader;
import dev.birdconnect.source.reading.Emission;
import dev.birdconnect.source.reading.ReadSettings;
import dev.birdconnect.source.reading.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The readers of many channels, with or without the workspace's list, driven as a task does. */
final class Fleet {

  static final Duration POLL = Duration.ofSeconds(5);
  static final Duration OVERLAP = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final int MOST_KEPT = 5_000;

  private final FakeWorkspace workspace;
  private final List<ChannelReader> readers = new ArrayList<>();
  private final Optional<WorkspaceWatch> watch;
  private final List<Emission> emissions = new ArrayList<>();
  private final Map<String, Integer> heartbeats = new HashMap<>();
  private final Map<String, Instant> emittedAt = new HashMap<>();

  /**
   * @param workspace the API
   * @param channels how many channels, numbered from 0
   * @param pageSize messages per page
   * @param use when the workspace's list is used; empty for never
   */
  Fleet(FakeWorkspace workspace, int channels, int pageSize, Optional<WorkspaceUse> use) {
    this(workspace, channels, pageSize, use, Optional.empty());
  }

  /**
   * The same with heartbeats.
   *
   * @param heartbeatInterval time from one of a channel to the next; empty for none
   */
  Fleet(
      FakeWorkspace workspace,
      int channels,
      int pageSize,
      Optional<WorkspaceUse> use,
      Optional<Duration> heartbeatInterval) {
    this.workspace = workspace;
    ReadSettings settings =
        new ReadSettings(
            new Start.Earliest(),
            pageSize,
            POLL,
            OVERLAP,
            Duration.ofHours(1),
            Duration.ofDays(3),
            heartbeatInterval,
            MOST_KEPT,
            Long.MAX_VALUE);
    ReadingCounters counters = new ReadingCounters(workspace::nanoTime);
    for (int i = 0; i < channels; i++) {
      readers.add(
          new ChannelReader(
              workspace,
              new ChannelAddress(FakeWorkspace.WORKSPACE, FakeWorkspace.channel(i)),
              settings,
              ChannelState.NOTHING,
              counters,
              workspace::nanoTime,
              () -> 1.0,
              () -> {}));
    }
    watch =
        use.map(
            when ->
                new WorkspaceWatch(
                    workspace,
                    readers,
                    settings,
                    when,
                    counters,
                    workspace::nanoTime,
                    () -> 1.0,
                    () -> {}));
  }

  /** Reads on while time passes; before each step of it something may happen. */
  void read(Duration time, Runnable meanwhile) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
      meanwhile.run();
      readNow();
      workspace.pass(STEP);
    }
  }

  void read(Duration time) {
    read(time, () -> {});
  }

  private void readNow() {
    for (int i = 0; i < 10; i++) {
      watch.ifPresent(WorkspaceWatch::advance);
      for (ChannelReader reader : readers) {
        reader.advance();
        reader
            .takeHeartbeat()
            .ifPresent(taken -> heartbeats.merge(reader.address().channelId(), 1, Integer::sum));
        List<Emission> out = new ArrayList<>();
        reader.drainTo(out, 1_000);
        for (Emission emission : out) {
          emissions.add(emission);
          if (emission.event() instanceof MessageSeen seen) {
            emittedAt.putIfAbsent(seen.message().id(), workspace.now());
          }
        }
      }
    }
  }

  /** How many heartbeats of a channel have come. */
  int heartbeats(int channel) {
    return heartbeats.getOrDefault(FakeWorkspace.channel(channel), 0);
  }

  /** The messages emitted, in order, repeats included. */
  List<String> messageIds() {
    return emissions.stream()
        .filter(emission -> emission.event() instanceof MessageSeen)
        .map(emission -> emission.event().message().id())
        .toList();
  }

  List<String> lateIds() {
    return emissions.stream()
        .filter(emission -> emission.event() instanceof MessageSeen seen && seen.late())
        .map(emission -> emission.event().message().id())
        .toList();
  }

  List<String> statuses(String messageId) {
    return emissions.stream()
        .filter(emission -> emission.event() instanceof StatusSeen)
        .map(emission -> emission.event().message())
        .filter(message -> message.id().equals(messageId))
        .map(message -> message.status().name())
        .toList();
  }

  /** How long after its creation a message was emitted. */
  Duration delay(FakeWorkspace.Stored message) {
    Instant at = emittedAt.get(message.id());
    if (at == null) {
      throw new AssertionError("The message " + message.id() + " was not emitted.");
    }
    return Duration.between(message.createdAt(), at);
  }
}
