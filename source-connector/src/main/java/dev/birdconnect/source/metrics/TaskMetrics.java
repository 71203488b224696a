package dev.birdconnect.source.metrics;

import dev.birdconnect.common.metrics.AllowedRate;
import dev.birdconnect.common.metrics.MetricReader;
import dev.birdconnect.common.metrics.UsedShare;
import java.util.List;
import java.util.function.LongSupplier;

/** Reads every metric of a task. */
public final class TaskMetrics implements MetricReader<SourceMetric> {

  private static final double P50 = 50;
  private static final double P95 = 95;
  private static final double P99 = 99;

  private final ReadingCounters counters;
  private final int channels;
  private final AllowedRate allowed;
  private final UsedShare usedShare;

  /**
   * @param counters what has happened
   * @param channels how many channels the task reads
   * @param allowed the allowed rate of GET; closed together with this
   * @param nanoTime a clock that only goes forward
   */
  public TaskMetrics(
      ReadingCounters counters, int channels, AllowedRate allowed, LongSupplier nanoTime) {
    this.counters = counters;
    this.channels = channels;
    this.allowed = allowed;
    this.usedShare = new UsedShare(nanoTime, counters::reads, allowed);
  }

  @Override
  public List<SourceMetric> all() {
    return List.of(SourceMetric.values());
  }

  @Override
  public double read(SourceMetric metric) {
    return switch (metric) {
      case MESSAGES_EMITTED_TOTAL,
          MESSAGES_LATE_TOTAL,
          STATUSES_EMITTED_TOTAL,
          STATUSES_POSSIBLE_REPEATS_TOTAL,
          HEARTBEATS_EMITTED_TOTAL,
          READS_PROBE_TOTAL,
          READS_SWEEP_TOTAL,
          READS_WORKSPACE_TOTAL,
          READS_BACK_FILL_TOTAL,
          READS_LOOK_BACK_TOTAL,
          READS_SEARCH_TOTAL,
          READS_STATUS_PAGE_TOTAL,
          READS_STATUS_SINGLE_TOTAL,
          READS_INTERACTIONS_TOTAL,
          INTERACTIONS_EMITTED_TOTAL,
          READS_FAILED_TOTAL,
          MESSAGES_BEYOND_OFFSETS_TOTAL,
          MESSAGES_GONE_TOTAL,
          MESSAGES_UNREADABLE_TOTAL ->
          counters.count(metric);
      case RATE_ALLOWED_PER_SECOND -> allowed.perSecond();
      case RATE_USED_SHARE -> usedShare.read();
      case CHANNELS_READ -> channels - counters.channelsStopped();
      case CHANNELS_STOPPED -> counters.channelsStopped();
      case MESSAGES_OPEN -> counters.messagesOpen();
      case OLDEST_OPEN_AGE_MS -> counters.oldestOpenMillis();
      case FRONTIER_LAG_MS -> counters.frontierLagMillis();
      case MESSAGE_TO_RECORD_P50_MS -> counters.messageToRecord().percentile(P50);
      case MESSAGE_TO_RECORD_P95_MS -> counters.messageToRecord().percentile(P95);
      case MESSAGE_TO_RECORD_P99_MS -> counters.messageToRecord().percentile(P99);
      case STATUS_TO_RECORD_P50_MS -> counters.statusToRecord().percentile(P50);
      case STATUS_TO_RECORD_P95_MS -> counters.statusToRecord().percentile(P95);
      case STATUS_TO_RECORD_P99_MS -> counters.statusToRecord().percentile(P99);
    };
  }

  @Override
  public void close() {
    allowed.close();
  }
}
