package dev.birdconnect.source.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.source.position.OffsetCodec;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A reader with what it has emitted, which can be stopped and started like a task. */
final class Run {

  static final Duration POLL = Duration.ofSeconds(5);
  static final Duration OVERLAP = Duration.ofSeconds(5);
  static final Duration MAX_AGE = Duration.ofDays(3);
  static final int MOST_KEPT = 5_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FakeChannel channel;
  private final ReadSettings settings;
  private final List<Emission> topic = new ArrayList<>();
  private ChannelReader reader;

  Run(FakeChannel channel, int pageSize) {
    this(channel, pageSize, MOST_KEPT);
  }

  Run(FakeChannel channel, int pageSize, int mostKept) {
    this.channel = channel;
    this.settings = new ReadSettings(pageSize, POLL, OVERLAP, MAX_AGE, mostKept);
    this.reader = start(Map.of());
  }

  private ChannelReader start(Map<Integer, ShardState> stored) {
    return new ChannelReader(
        channel, FakeChannel.ADDRESS, settings, stored, channel::nanoTime, () -> 1.0, () -> {});
  }

  ChannelReader reader() {
    return reader;
  }

  /** One call of advance and of drain. */
  void poll(int most) {
    reader.advance();
    List<Emission> out = new ArrayList<>();
    reader.drainTo(out, most);
    topic.addAll(out);
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

  /** Stops with the first emissions stored only, the others aborted, and starts again. */
  void crash(int stored) {
    topic.subList(stored, topic.size()).clear();
    reader.close();
    reader = start(offsets(topic));
  }

  /** Stops with the offsets of the emissions given, while all of them stay in the topic. */
  void crashWithOffsetsOf(List<Emission> stored) {
    reader.close();
    reader = start(offsets(stored));
  }

  /** Stored and read again, as JSON, as a worker does it. */
  private static Map<Integer, ShardState> offsets(List<Emission> emissions) {
    Map<Integer, ShardState> states = new HashMap<>();
    for (Emission emission : emissions) {
      states.put(emission.shard(), emission.state());
    }
    states.replaceAll((shard, state) -> stored(state));
    return states;
  }

  private static ShardState stored(ShardState state) {
    try {
      String json = MAPPER.writeValueAsString(OffsetCodec.offset(state));
      return OffsetCodec.state(MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {}));
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
