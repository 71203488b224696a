package dev.birdconnect.source.metrics;

import dev.birdconnect.common.metrics.Latencies;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.Emission;
import dev.birdconnect.source.reading.ReadPurpose;
import dev.birdconnect.source.reading.ReadingObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts what happens while channels are read, and remembers how each channel stands. What the
 * reading tells of a channel ages: the time since then is added whenever it is asked for.
 */
public final class ReadingCounters implements ReadingObserver {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final long MICROS_PER_MILLI = 1_000;

  private final LongSupplier nanoTime;
  private final Map<SourceMetric, LongAdder> counters = new EnumMap<>(SourceMetric.class);
  private final LongAdder reads = new LongAdder();
  private final Map<String, Since> emittedUpTo = new ConcurrentHashMap<>();
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();
  private final Latencies messageToRecord;
  private final Latencies statusToRecord;

  /** A duration, and when it was told. */
  private record Since(Duration duration, long toldAt) {

    private double millis(long now) {
      return duration.toMillis() + (now - toldAt) / NANOS_PER_MILLI;
    }
  }

  private record Open(int messages, Since oldest) {}

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public ReadingCounters(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.messageToRecord = new Latencies(nanoTime);
    this.statusToRecord = new Latencies(nanoTime);
    for (SourceMetric metric : SourceMetric.values()) {
      counters.put(metric, new LongAdder());
    }
  }

  private void add(SourceMetric metric, long count) {
    LongAdder counter = counters.get(metric);
    if (counter != null) {
      counter.add(count);
    }
  }

  @Override
  public void asked(ReadPurpose purpose) {
    reads.increment();
    add(
        switch (purpose) {
          case PROBE -> SourceMetric.READS_PROBE_TOTAL;
          case SWEEP -> SourceMetric.READS_SWEEP_TOTAL;
          case WORKSPACE -> SourceMetric.READS_WORKSPACE_TOTAL;
          case BACK_FILL -> SourceMetric.READS_BACK_FILL_TOTAL;
          case LOOK_BACK -> SourceMetric.READS_LOOK_BACK_TOTAL;
          case SEARCH -> SourceMetric.READS_SEARCH_TOTAL;
          case STATUS_PAGE -> SourceMetric.READS_STATUS_PAGE_TOTAL;
          case STATUS_SINGLE -> SourceMetric.READS_STATUS_SINGLE_TOTAL;
          case INTERACTIONS -> SourceMetric.READS_INTERACTIONS_TOTAL;
        },
        1);
  }

  @Override
  public void failed() {
    add(SourceMetric.READS_FAILED_TOTAL, 1);
  }

  @Override
  public void emitted(Emission emission, Instant serverTime) {
    if (emission.event() instanceof MessageSeen seen) {
      add(SourceMetric.MESSAGES_EMITTED_TOTAL, 1);
      add(SourceMetric.MESSAGES_LATE_TOTAL, seen.late() ? 1 : 0);
      note(messageToRecord, emission, serverTime);
    } else if (emission.event() instanceof StatusSeen seen) {
      add(SourceMetric.STATUSES_EMITTED_TOTAL, 1);
      add(SourceMetric.STATUSES_POSSIBLE_REPEATS_TOTAL, seen.mayBeRepeat() ? 1 : 0);
      note(statusToRecord, emission, serverTime);
    }
  }

  /** The age of history says nothing about how fast the reading is. */
  private static void note(Latencies latencies, Emission emission, Instant serverTime) {
    if (emission.recent()) {
      latencies.record(micros(emission.event().time(), serverTime));
    }
  }

  /** Milliseconds are all that times of the API have; no difference of theirs overflows. */
  private static long micros(Instant from, Instant to) {
    return (to.toEpochMilli() - from.toEpochMilli()) * MICROS_PER_MILLI;
  }

  /** A heartbeat goes out. */
  public void heartbeat() {
    add(SourceMetric.HEARTBEATS_EMITTED_TOTAL, 1);
  }

  /** Interactions go out. */
  public void interactions(int count) {
    add(SourceMetric.INTERACTIONS_EMITTED_TOTAL, count);
  }

  @Override
  public void unreadable() {
    add(SourceMetric.MESSAGES_UNREADABLE_TOTAL, 1);
  }

  @Override
  public void beyondOffsets(int messages) {
    add(SourceMetric.MESSAGES_BEYOND_OFFSETS_TOTAL, messages);
  }

  @Override
  public void gone() {
    add(SourceMetric.MESSAGES_GONE_TOTAL, 1);
  }

  @Override
  public void emittedUpTo(String channelId, Duration behind) {
    emittedUpTo.put(channelId, new Since(behind, nanoTime.getAsLong()));
  }

  @Override
  public void open(String channelId, int messages, Duration oldest) {
    open.put(channelId, new Open(messages, new Since(oldest, nanoTime.getAsLong())));
  }

  @Override
  public void stopped(String channelId) {
    stopped.add(channelId);
    emittedUpTo.remove(channelId);
    open.remove(channelId);
  }

  /** What has been counted for a metric. */
  long count(SourceMetric metric) {
    LongAdder counter = counters.get(metric);
    return counter == null ? 0 : counter.sum();
  }

  /** All reads asked for. */
  long reads() {
    return reads.sum();
  }

  int channelsStopped() {
    return stopped.size();
  }

  int messagesOpen() {
    return open.values().stream().mapToInt(Open::messages).sum();
  }

  double oldestOpenMillis() {
    long now = nanoTime.getAsLong();
    return open.values().stream()
        .filter(channel -> channel.messages() > 0)
        .mapToDouble(channel -> channel.oldest().millis(now))
        .max()
        .orElse(0);
  }

  double frontierLagMillis() {
    long now = nanoTime.getAsLong();
    return emittedUpTo.values().stream().mapToDouble(since -> since.millis(now)).max().orElse(0);
  }

  Latencies messageToRecord() {
    return messageToRecord;
  }

  Latencies statusToRecord() {
    return statusToRecord;
  }
}
