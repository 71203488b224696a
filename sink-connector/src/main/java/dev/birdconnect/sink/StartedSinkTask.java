package dev.birdconnect.sink;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.MediaApi;
import dev.birdconnect.client.rate.RateBudgets;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.common.metrics.MetricsExports;
import dev.birdconnect.common.metrics.SharedBudgetRate;
import dev.birdconnect.common.metrics.TaskName;
import dev.birdconnect.sink.config.BatchConfig;
import dev.birdconnect.sink.config.MediaConfig;
import dev.birdconnect.sink.config.ReportConfig;
import dev.birdconnect.sink.config.SinkConfig;
import dev.birdconnect.sink.delivery.BatchRules;
import dev.birdconnect.sink.delivery.DeliveryEngine;
import dev.birdconnect.sink.delivery.DoubtRules;
import dev.birdconnect.sink.delivery.Failure;
import dev.birdconnect.sink.delivery.Intake;
import dev.birdconnect.sink.delivery.RetrySchedule;
import dev.birdconnect.sink.delivery.ThreadTimer;
import dev.birdconnect.sink.delivery.Timer;
import dev.birdconnect.sink.delivery.WaterMarks;
import dev.birdconnect.sink.metrics.DeliveryCounters;
import dev.birdconnect.sink.metrics.MediaCounters;
import dev.birdconnect.sink.metrics.ReportCounts;
import dev.birdconnect.sink.metrics.TaskMetrics;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.report.ErrantReports;
import dev.birdconnect.sink.report.OutcomeReports;
import dev.birdconnect.sink.report.SendReports;
import dev.birdconnect.sink.upload.MediaPreparations;
import dev.birdconnect.sink.upload.MediaUploads;
import dev.birdconnect.sink.upload.UploadBounds;
import dev.birdconnect.sink.upload.UploadObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that has its settings. All methods are for the task's thread. */
final class StartedSinkTask implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StartedSinkTask.class);

  private static final long HIGH_WATER_BYTES = 16L << 20;
  private static final long MOST_UPLOADED_BYTES = 32L << 20;

  /** Sends that were taken in wait until the list shows them, and many more are under way. */
  private static final long HIGH_WATER_BYTES_OF_BATCHES = 64L << 20;

  private static final long CALL_EVERY_MILLIS = 100;
  private static final long IDLE_CALL_EVERY_MILLIS = 2_000;
  private static final long COMMIT_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  private final SinkTaskContext context;
  private final Timer timer;
  private final RecordIntake intake;
  private final DeliveryEngine<SinkRecord> engine;
  private final OutcomeReports reports;
  private final MetricsExports metrics;
  private final WaterMarks waterMarks;
  private final Set<PartitionId> begun = new HashSet<>();
  private Set<PartitionId> paused = Set.of();
  private Map<TopicPartition, OffsetAndMetadata> positions = Map.of();
  private Map<TopicPartition, OffsetAndMetadata> handedOut = Map.of();
  private boolean uncommitted;
  private boolean failed;
  private long commitRequestedAt;

  private StartedSinkTask(SinkConfig config, SinkTaskContext context, ChannelsClient api) {
    Optional<ReportConfig> reportConfig = config.reports();
    this.context = context;
    this.timer = new ThreadTimer("bird-sink-" + config.taskName() + "-retry");
    this.reports =
        new OutcomeReports(
            new ErrantReports(Optional.ofNullable(context.errantRecordReporter())),
            reportConfig.map(
                wanted ->
                    SendReports.start(
                        wanted, timer, "bird-sink-" + config.taskName() + "-report")));
    DeliveryCounters counters = new DeliveryCounters(timer::nanoTime, InstantSource.system());
    this.waterMarks =
        new WaterMarks(config.batches().batches() ? HIGH_WATER_BYTES_OF_BATCHES : HIGH_WATER_BYTES);
    MediaCounters mediaCounters = new MediaCounters(timer::nanoTime);
    this.intake = new RecordIntake(config, preparations(config, api, mediaCounters));
    this.engine =
        new DeliveryEngine<>(
            api,
            api,
            timer,
            config.maxInFlight(),
            config.media().maxUploads(),
            batchRules(config),
            new RetrySchedule(
                config.retryBackoffInitial(),
                config.retryBackoffMax(),
                () -> ThreadLocalRandom.current().nextDouble()),
            new DoubtRules(
                config.referenceNamespace(),
                config.doubtPolicy(),
                config.connection().requestTimeout(),
                config.doubtSettle(),
                config.batches().batches() ? config.batches().resultTimeout() : Duration.ZERO,
                config.doubtMaxPages()),
            reportConfig.isPresent(),
            counters);
    this.metrics =
        MetricsExports.start(
            context,
            new TaskName("sink", config.connectorName(), config.taskId()),
            new TaskMetrics(
                counters,
                mediaCounters,
                engine::load,
                new ReportCounts(reports::rejected, reports::written, reports::failed),
                new SharedBudgetRate(
                    config.connection().host(),
                    config.connection().workspaceId(),
                    RateBudgets.Method.POST,
                    config.connection().postPerSecond()),
                timer::nanoTime));
    this.commitRequestedAt = timer.nanoTime();
  }

  private MediaPreparations preparations(SinkConfig config, MediaApi api, UploadObserver observer) {
    MediaConfig media = config.media();
    return new MediaPreparations(
        new MediaUploads(
            api,
            new UploadBounds(
                media.maxUploads(), MOST_UPLOADED_BYTES, media.cacheEntries(), media.cacheTtl()),
            timer::nanoTime,
            observer),
        new VerdictRules(config.conflictRule()));
  }

  private static BatchRules batchRules(SinkConfig config) {
    BatchConfig batches = config.batches();
    return batches.batches()
        ? new BatchRules(
            batches.maxSends(),
            batches.linger(),
            batches.arrayOrder(),
            batches.resultTimeout(),
            config.connection().getPerSecond())
        : BatchRules.SINGLE;
  }

  /** Starts a task with these settings. */
  static StartedSinkTask start(Map<String, String> properties, SinkTaskContext context) {
    SinkConfig config = new SinkConfig(properties);
    ChannelsClient api =
        config
            .connection()
            .open(
                config.maxInFlight() + config.media().maxUploads(),
                config.conflictRule(),
                "bird-sink-" + config.taskName());
    LOG.info("The Bird sink task {} starts: {}.", config.taskName(), config);
    try {
      return new StartedSinkTask(config, context, api);
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
  }

  void open(Collection<TopicPartition> partitions) {
    engine.open(ids(partitions));
    LOG.info("Partitions are assigned: {}.", partitions);
  }

  /**
   * Queues records; never waits for the API.
   *
   * @throws ConnectException when delivery cannot go on
   */
  void put(Collection<SinkRecord> records) {
    throwFailure();
    engine.seen();
    if (!records.isEmpty()) {
      List<Intake<SinkRecord>> batch = new ArrayList<>(records.size());
      for (SinkRecord record : records) {
        Intake<SinkRecord> item = intake.of(record);
        if (begun.add(item.position().partition())) {
          LOG.info("The first record comes from {}.", item.position());
        }
        batch.add(item);
      }
      takeUpAgain(engine.goneBack(batch));
      engine.accept(batch);
      uncommitted = true;
    }
    reportOrThrow();
    throwFailure();
    applyBackPressure();
    askToBeCalled();
  }

  /**
   * Offsets that come a second time may be those of other records, in a topic made anew. So nothing
   * is concluded from having met them: the partitions are taken over as after an assignment.
   */
  private void takeUpAgain(Set<PartitionId> partitions) {
    if (!partitions.isEmpty()) {
      LOG.warn(
          "Records at known offsets of {} were handed over again. The list of the channel is asked"
              + " which of them have been sent.",
          partitions);
      giveUp(partitions);
      engine.forget(partitions);
      reports.forget(partitions);
      engine.open(partitions);
    }
  }

  private void reportOrThrow() {
    try {
      reports.pass(engine);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  /** Reports; what goes wrong is thrown by the next {@link #put}. */
  private void report() {
    try {
      reports.pass(engine);
    } catch (RuntimeException e) {
      engine.fail(new Failure(String.valueOf(e.getMessage()), Optional.of(e)));
    }
  }

  private void throwFailure() {
    Optional<Failure> failure = engine.failure();
    if (failure.isPresent()) {
      failed = true;
      throw new ConnectException(failure.get().sentence(), failure.get().cause().orElse(null));
    }
  }

  /**
   * Pauses and resumes partitions. Connect pauses a partition again that comes back to the task
   * after a rebalance, so what was paused when it went is remembered until then.
   */
  private void applyBackPressure() {
    Map<PartitionId, Long> loads = engine.loads();
    Set<PartitionId> wanted = waterMarks.paused(loads, paused);
    if (wanted.equals(paused)) {
      return;
    }
    TopicPartition[] toPause = partitions(wanted, id -> !paused.contains(id));
    if (toPause.length > 0) {
      context.pause(toPause);
    }
    TopicPartition[] toResume =
        partitions(paused, id -> loads.containsKey(id) && !wanted.contains(id));
    if (toResume.length > 0) {
      context.resume(toResume);
    }
    Set<PartitionId> now = new HashSet<>(paused);
    now.removeAll(loads.keySet());
    now.addAll(wanted);
    paused = now;
  }

  /**
   * A consumer without records sleeps, so while anything is to be done the next call is asked for;
   * and otherwise often enough for the lease.
   */
  private void askToBeCalled() {
    if (engine.unfinished() == 0 && !uncommitted) {
      context.timeout(IDLE_CALL_EVERY_MILLIS);
      return;
    }
    context.timeout(CALL_EVERY_MILLIS);
    long now = timer.nanoTime();
    if (now - commitRequestedAt >= COMMIT_EVERY_NANOS) {
      commitRequestedAt = now;
      context.requestCommit();
    }
  }

  /**
   * The offsets below which every record is finished. It throws nothing: Connect would rewind the
   * task instead of stopping it, so what goes wrong here is thrown by the next {@link #put}.
   *
   * <p>Connect commits what the returned map holds after {@link #close}; so close moves the offsets
   * of its partitions on by the calls that ended meanwhile.
   */
  Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> current) {
    engine.seen();
    report();
    uncommitted = engine.unfinished() > 0;
    positions = current;
    handedOut = new HashMap<>();
    current.keySet().forEach(this::handOut);
    return handedOut;
  }

  private void handOut(TopicPartition partition) {
    OffsetAndMetadata position = positions.get(partition);
    if (position == null) {
      return;
    }
    OptionalLong unfinished = engine.oldestUnfinished(id(partition));
    handedOut.put(
        partition,
        unfinished.isPresent() && unfinished.getAsLong() < position.offset()
            ? new OffsetAndMetadata(unfinished.getAsLong())
            : position);
  }

  private void giveUp(Set<PartitionId> gone) {
    engine.release(gone, CLOSE_PATIENCE);
    if (!failed) {
      report();
      reports.await(gone, CLOSE_PATIENCE);
      report();
    }
  }

  void close(Collection<TopicPartition> partitions) {
    Set<PartitionId> gone = ids(partitions);
    giveUp(gone);
    partitions.stream().filter(handedOut::containsKey).forEach(this::handOut);
    engine.forget(gone);
    reports.forget(gone);
    begun.removeAll(gone);
  }

  @Override
  public void close() {
    metrics.close();
    engine.close();
    reports.close();
    if (!failed) {
      engine.failure().ifPresent(failure -> LOG.error("{}", failure.sentence()));
    }
    LOG.info("The Bird sink task has stopped.");
  }

  private static TopicPartition[] partitions(Set<PartitionId> ids, Predicate<PartitionId> wanted) {
    return ids.stream()
        .filter(wanted)
        .map(id -> new TopicPartition(id.topic(), id.number()))
        .toArray(TopicPartition[]::new);
  }

  private static Set<PartitionId> ids(Collection<TopicPartition> partitions) {
    return partitions.stream().map(StartedSinkTask::id).collect(Collectors.toSet());
  }

  private static PartitionId id(TopicPartition partition) {
    return new PartitionId(partition.topic(), partition.partition());
  }
}
