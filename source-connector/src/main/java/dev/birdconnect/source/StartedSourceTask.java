package dev.birdconnect.source;

import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.LookupApi;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.event.EventRecords;
import dev.birdconnect.source.event.HeartbeatRecords;
import dev.birdconnect.source.interaction.InteractionEmission;
import dev.birdconnect.source.interaction.InteractionReader;
import dev.birdconnect.source.interaction.InteractionSettings;
import dev.birdconnect.source.metrics.ReadingCounters;
import dev.birdconnect.source.position.ChannelState;
import dev.birdconnect.source.position.InteractionOffsets;
import dev.birdconnect.source.position.InteractionState;
import dev.birdconnect.source.position.OffsetCodec;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.reading.ChannelReader;
import dev.birdconnect.source.reading.DeniedException;
import dev.birdconnect.source.reading.Emission;
import dev.birdconnect.source.reading.Heartbeat;
import dev.birdconnect.source.workspace.WorkspaceUse;
import dev.birdconnect.source.workspace.WorkspaceWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** A task from its start to its stop: drives the readers of its channels from the task's thread. */
final class StartedSourceTask {

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int MOST_IN_FLIGHT = 3_000;
  private static final int FEW = 100;
  private static final int MANY = 1_000;

  private final ChannelsApi api;
  private final LookupApi lookups;
  private final EventRecords records;
  private final Optional<HeartbeatRecords> heartbeats;
  private final ReadingCounters counters;
  private final List<ChannelReader> readers = new ArrayList<>();
  private final Map<ChannelReader, InteractionReader> interactions = new HashMap<>();
  private final LongSupplier nanoTime;
  private final WakeUp wakeUp;
  private final Optional<WorkspaceWatch> workspaceWatch;
  private final RecordsInFlight inFlight = new RecordsInFlight(MOST_IN_FLIGHT, FEW, MANY);
  private volatile boolean stopping;
  private volatile @Nullable Thread polling;
  private int droppedSinceHeartbeat;
  private int firstReader;

  /**
   * @param config the task's configuration
   * @param api the API, closed by {@link #stop}
   * @param offsets what is stored
   * @param counters told what happens
   * @param nanoTime a clock that only goes forward, in nanoseconds
   * @param random numbers from 0 to 1
   * @param wakeUp lets the task's thread wait
   * @param use when the workspace's list is used
   * @throws ConnectException when a stored offset cannot be read
   */
  <A extends ChannelsApi & LookupApi> StartedSourceTask(
      SourceConfig config,
      A api,
      OffsetStorageReader offsets,
      ReadingCounters counters,
      LongSupplier nanoTime,
      DoubleSupplier random,
      WakeUp wakeUp,
      WorkspaceUse use) {
    this.api = api;
    this.lookups = api;
    this.records =
        new EventRecords(config.topicPrefix(), config.eventSettings(), InstantSource.system());
    this.heartbeats =
        config.heartbeatTopic().map(topic -> new HeartbeatRecords(topic, InstantSource.system()));
    this.counters = counters;
    this.wakeUp = wakeUp;
    this.nanoTime = nanoTime;
    for (String channelId : config.channelIds()) {
      ChannelAddress address = new ChannelAddress(config.connection().workspaceId(), channelId);
      try {
        ChannelReader reader =
            new ChannelReader(
                api,
                address,
                config.readSettings(),
                stored(address, offsets),
                counters,
                nanoTime,
                random,
                wakeUp::wake);
        readers.add(reader);
        config
            .interactionSettings()
            .ifPresent(settings -> addInteractions(reader, settings, offsets, random));
      } catch (IllegalArgumentException e) {
        throw new ConnectException(
            "The stored offsets of the channel "
                + channelId
                + " cannot be read: "
                + e.getMessage()
                + ". Reset the connector's offsets to read the channel from its beginning.",
            e);
      }
    }
    this.workspaceWatch =
        use.canSpareReads(readers.size(), config.readSettings().pollInterval())
            ? Optional.of(
                new WorkspaceWatch(
                    api,
                    readers,
                    config.readSettings(),
                    use,
                    counters,
                    nanoTime,
                    random,
                    wakeUp::wake))
            : Optional.empty();
  }

  private void addInteractions(
      ChannelReader reader,
      InteractionSettings settings,
      OffsetStorageReader offsets,
      DoubleSupplier random) {
    InteractionReader beside =
        new InteractionReader(
            lookups,
            reader.address(),
            settings,
            storedInteractions(reader.address(), offsets),
            counters,
            nanoTime,
            random,
            wakeUp::wake);
    reader.tell(beside, settings.maxAge());
    interactions.put(reader, beside);
  }

  private static Map<Integer, InteractionState> storedInteractions(
      ChannelAddress address, OffsetStorageReader offsets) {
    Map<Map<String, Object>, Integer> partitions = new HashMap<>();
    for (int part = 0; part < InteractionState.PARTS; part++) {
      partitions.put(
          InteractionOffsets.partition(address.workspaceId(), address.channelId(), part), part);
    }
    Map<Integer, InteractionState> states = new HashMap<>();
    offsets
        .offsets(partitions.keySet())
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                states.put(partitions.get(partition), InteractionOffsets.state(offset));
              }
            });
    return states;
  }

  private static ChannelState stored(ChannelAddress address, OffsetStorageReader offsets) {
    Map<String, Object> channel = OffsetCodec.partition(address.workspaceId(), address.channelId());
    Map<Map<String, Object>, Integer> partitions = new HashMap<>();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      partitions.put(
          OffsetCodec.partition(address.workspaceId(), address.channelId(), shard), shard);
    }
    List<Map<String, Object>> wanted = new ArrayList<>(partitions.keySet());
    wanted.add(channel);
    Map<Map<String, Object>, Map<String, Object>> found = offsets.offsets(wanted);
    Map<Integer, Map<String, Object>> shards = new HashMap<>();
    partitions.forEach(
        (partition, shard) ->
            Optional.ofNullable(found.get(partition))
                .ifPresent(offset -> shards.put(shard, offset)));
    return ChannelState.read(Optional.ofNullable(found.get(channel)), shards);
  }

  /**
   * What was found, or null after half a second without anything.
   *
   * @throws ConnectException when the API lets this task read nothing more
   */
  @Nullable List<SourceRecord> poll() throws InterruptedException {
    polling = Thread.currentThread();
    long deadline = nanoTime.getAsLong() + PATIENCE.toNanos();
    while (!stopping) {
      int room = inFlight.room();
      List<SourceRecord> next = room == 0 ? List.of() : next(room);
      if (!next.isEmpty()) {
        return next;
      }
      long now = nanoTime.getAsLong();
      if (deadline - now <= 0) {
        return null;
      }
      long wait = room == 0 ? deadline - now : Math.min(deadline - now, untilDue(now));
      if (wait > 0) {
        wakeUp.await(wait);
      }
    }
    return null;
  }

  private List<SourceRecord> next(int most) {
    List<SourceRecord> next = gather(most);
    if (next.isEmpty()) {
      failWhenAllStopped();
    }
    inFlight.add(next.size());
    return next;
  }

  private void failWhenAllStopped() {
    if (readers.stream().allMatch(ChannelReader::isStopped)) {
      throw new ConnectException(
          "None of the task's channels can be read any more; the log says why of each. Check the"
              + " channels' ids and the rights of the access key, then restart the task.");
    }
  }

  /**
   * A record has ended; called from any thread.
   *
   * @param stored whether it has reached Kafka; otherwise a transform has dropped it
   */
  void committed(SourceRecord record, boolean stored) {
    if (OffsetCodec.isOfChannel(record.sourcePartition())) {
      String channelId = OffsetCodec.channelId(record.sourcePartition());
      readers.stream()
          .filter(reader -> reader.address().channelId().equals(channelId))
          .forEach(reader -> reader.startTaken(stored));
      wakeUp.wake();
    }
    if (inFlight.remove()) {
      wakeUp.wake();
    }
  }

  /**
   * The worker has committed. One with exactly-once support does so on the thread that polls, when
   * all that was handed over has ended, and says nothing of records that a transform has dropped
   * until a later one is kept (KIP-618, {@code ExactlyOnceWorkerSourceTask}); all that it has not
   * spoken of is dropped then. One without commits from a thread of its own, and says of each
   * record at once how it has ended.
   */
  void committed() {
    if (Thread.currentThread() != polling) {
      return;
    }
    readers.forEach(ChannelReader::startDropped);
    droppedSinceHeartbeat += inFlight.removeAll();
    if (droppedSinceHeartbeat >= MOST_IN_FLIGHT) {
      droppedSinceHeartbeat = 0;
      readers.forEach(ChannelReader::wantHeartbeat);
    }
  }

  private long untilDue(long now) {
    long least = PATIENCE.toNanos();
    if (workspaceWatch.isPresent()) {
      least = Math.min(least, workspaceWatch.get().dueAt() - now);
    }
    for (ChannelReader reader : readers) {
      least = Math.min(least, reader.dueAt() - now);
    }
    for (InteractionReader beside : interactions.values()) {
      least = Math.min(least, beside.dueAt() - now);
    }
    return least;
  }

  /** Every reader in turn, another one first each time. */
  private List<SourceRecord> gather(int most) {
    List<SourceRecord> found = new ArrayList<>();
    List<Emission> emissions = new ArrayList<>();
    workspaceWatch.ifPresent(WorkspaceWatch::advance);
    firstReader = (firstReader + 1) % readers.size();
    for (int i = 0; i < readers.size() && found.size() < most; i++) {
      ChannelReader reader = readers.get((firstReader + i) % readers.size());
      advance(reader);
      heartbeat(reader).ifPresent(found::add);
      reader.drainTo(emissions, most - found.size());
      for (Emission emission : emissions) {
        found.add(records.of(reader.address(), emission));
      }
      emissions.clear();
      gatherInteractions(reader, most, found);
    }
    return found;
  }

  private void gatherInteractions(ChannelReader reader, int most, List<SourceRecord> found) {
    InteractionReader beside = interactions.get(reader);
    if (beside == null) {
      return;
    }
    if (reader.isStopped()) {
      beside.close();
      return;
    }
    beside.advance(reader.serverTime());
    List<InteractionEmission> emissions = new ArrayList<>();
    beside.drainTo(emissions, most - found.size(), reader.serverTime());
    emissions.forEach(emission -> found.add(records.of(reader.address(), emission)));
    counters.interactions(emissions.size());
  }

  private Optional<SourceRecord> heartbeat(ChannelReader reader) {
    if (heartbeats.isEmpty()) {
      return Optional.empty();
    }
    Optional<Heartbeat> heartbeat = reader.takeHeartbeat();
    heartbeat.ifPresent(taken -> counters.heartbeat());
    return heartbeat.map(taken -> heartbeats.get().of(reader.address(), taken));
  }

  private static void advance(ChannelReader reader) {
    try {
      reader.advance();
    } catch (DeniedException e) {
      throw new ConnectException(e.getMessage(), e);
    }
  }

  /** Ends {@link #poll} and cancels all calls. */
  void stop() {
    stopping = true;
    wakeUp.wake();
    api.close();
  }
}
