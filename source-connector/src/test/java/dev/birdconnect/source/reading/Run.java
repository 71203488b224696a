package dev.birdconnect.source.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.source.position.ChannelState;
import dev.birdconnect.source.position.OffsetCodec;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A reader with what it has emitted, which can be stopped and started like a task. */
final class Run {

  static final Duration POLL = Duration.ofSeconds(5);
  static final Duration OVERLAP = Duration.ofSeconds(5);
  static final Duration LOOK_BACK = Duration.ofHours(1);
  static final Duration MAX_AGE = Duration.ofDays(3);
  static final int MOST_KEPT = 5_000;
  static final long MOST_BYTES = Long.MAX_VALUE;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FakeChannel channel;
  private final ReadSettings settings;
  private final ChannelMemory.Room room;
  private final Observed observed = new Observed();
  private final List<Emission> topic = new ArrayList<>();
  private final List<Emission> dropped = new ArrayList<>();
  private final List<Beat> beats = new ArrayList<>();
  private Predicate<ChannelEvent> filter = event -> true;
  private Optional<Map<String, Object>> ofChannel = Optional.empty();
  private final Map<Integer, Map<String, Object>> ofShards = new HashMap<>();
  private Before before = Before.NOTHING;
  private ChannelReader reader;

  /**
   * What was stored when a start was set by hand.
   *
   * @param emissions how many had gone out
   * @param ofChannel the offset of the channel, which is the start
   * @param ofShards the offsets of the shards
   */
  private record Before(
      int emissions,
      Optional<Map<String, Object>> ofChannel,
      Map<Integer, Map<String, Object>> ofShards) {

    private static final Before NOTHING = new Before(0, Optional.empty(), Map.of());
  }

  /**
   * A heartbeat.
   *
   * @param after how many emissions went out before it
   */
  record Beat(int after, Heartbeat heartbeat) {}

  Run(FakeChannel channel, int pageSize) {
    this(channel, pageSize, MOST_KEPT);
  }

  Run(FakeChannel channel, int pageSize, int mostKept) {
    this(channel, settings(pageSize, mostKept));
  }

  Run(FakeChannel channel, ReadSettings settings) {
    this(channel, settings, ChannelMemory.Room.USUAL);
  }

  Run(FakeChannel channel, ReadSettings settings, ChannelMemory.Room room) {
    this.channel = channel;
    this.settings = settings;
    this.room = room;
    this.reader = start(ChannelState.NOTHING);
  }

  static ReadSettings settings(int pageSize, int mostKept) {
    return settings(new Start.Earliest(), pageSize, mostKept);
  }

  static ReadSettings settings(Start start, int pageSize, int mostKept) {
    return settings(start, pageSize, mostKept, Optional.empty());
  }

  static ReadSettings settings(
      Start start, int pageSize, int mostKept, Optional<Duration> heartbeatInterval) {
    return new ReadSettings(
        start,
        pageSize,
        POLL,
        OVERLAP,
        LOOK_BACK,
        MAX_AGE,
        heartbeatInterval,
        mostKept,
        MOST_BYTES);
  }

  static ReadSettings settings(int pageSize, int mostKept, long mostBytes) {
    return new ReadSettings(
        new Start.Earliest(),
        pageSize,
        POLL,
        OVERLAP,
        LOOK_BACK,
        MAX_AGE,
        Optional.empty(),
        mostKept,
        mostBytes);
  }

  /** Drops, as a transform does, the events that are not let through. */
  Run letThrough(Predicate<ChannelEvent> events) {
    filter = events;
    return this;
  }

  private ChannelReader start(ChannelState stored) {
    return new ChannelReader(
        channel,
        FakeChannel.ADDRESS,
        settings,
        stored,
        observed,
        channel::nanoTime,
        () -> 1.0,
        () -> {},
        room);
  }

  /** What the readers have told. */
  Observed observed() {
    return observed;
  }

  ChannelReader reader() {
    return reader;
  }

  /** One call of advance and of drain. */
  void poll(int most) {
    reader.advance();
    reader.takeHeartbeat().ifPresent(this::beat);
    List<Emission> out = new ArrayList<>();
    reader.drainTo(out, most);
    for (Emission emission : out) {
      boolean kept = filter.test(emission.event());
      (kept ? topic : dropped).add(emission);
      if (emission.takesStart()) {
        reader.startTaken(kept);
      }
    }
  }

  private void beat(Heartbeat heartbeat) {
    beats.add(new Beat(topic.size(), heartbeat));
    if (heartbeat.takesStart()) {
      reader.startTaken(true);
    }
  }

  List<Beat> beats() {
    return beats;
  }

  /** Polls, while time passes, for the time of several cycles. */
  void settle(Duration time) {
    Duration step = Duration.ofMillis(500);
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
      for (int i = 0; i < 40; i++) {
        poll(1_000);
      }
      channel.pass(step);
    }
  }

  /** Stops with everything stored and starts again. */
  void restart() {
    crash(topic.size());
  }

  /**
   * Stops with the first emissions stored only, the others aborted, and starts again. All that went
   * out before a start was set by hand has to be among them.
   */
  void crash(int stored) {
    topic.subList(stored, topic.size()).clear();
    beats.removeIf(beat -> beat.after() > stored);
    crashWithOffsetsOf(topic);
  }

  /** Stops with the offsets of the emissions given, while all of them stay in the topic. */
  void crashWithOffsetsOf(List<Emission> stored) {
    reader.close();
    ofChannel = before.ofChannel();
    ofShards.clear();
    ofShards.putAll(before.ofShards());
    Deque<Beat> heartbeats = new ArrayDeque<>(beats);
    for (int i = before.emissions(); i <= stored.size(); i++) {
      while (!heartbeats.isEmpty() && heartbeats.peekFirst().after() <= i) {
        Heartbeat heartbeat = heartbeats.removeFirst().heartbeat();
        store(heartbeat.shard(), heartbeat.state(), heartbeat.takesStart());
      }
      if (i < stored.size()) {
        Emission emission = stored.get(i);
        store(emission.shard(), emission.state(), emission.takesStart());
      }
    }
    reader = start(ChannelState.read(ofChannel, ofShards));
  }

  /** Stops with everything stored, sets a start by hand, and starts again; forgets heartbeats. */
  void rewind(Instant to) {
    restart();
    reader.close();
    ofChannel = Optional.of(Map.of("startTimestamp", to.toString()));
    before = new Before(topic.size(), ofChannel, Map.copyOf(ofShards));
    beats.clear();
    reader = start(ChannelState.read(ofChannel, ofShards));
  }

  /** Stored and read again, as JSON, as a worker does it. */
  private void store(int shard, ShardState state, boolean takesStart) {
    if (takesStart) {
      ofChannel = Optional.of(stored(OffsetCodec.offset(shard, state)));
    } else {
      ofShards.put(shard, stored(OffsetCodec.offset(state)));
    }
  }

  private static Map<String, Object> stored(Map<String, Object> offset) {
    try {
      String json = MAPPER.writeValueAsString(offset);
      return MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Emission> topic() {
    return topic;
  }

  List<MessageSeen> messages() {
    return topic.stream()
        .filter(emission -> emission.event() instanceof MessageSeen)
        .map(emission -> (MessageSeen) emission.event())
        .toList();
  }

  List<String> messageIds() {
    return messages().stream().map(seen -> seen.message().id()).toList();
  }

  List<StatusSeen> statuses(String id) {
    return topic.stream()
        .filter(emission -> emission.event() instanceof StatusSeen)
        .map(emission -> (StatusSeen) emission.event())
        .filter(seen -> seen.message().id().equals(id))
        .toList();
  }

  List<String> statusNames(String id) {
    return statuses(id).stream().map(seen -> seen.message().status().name()).toList();
  }
}
