package dev.birdconnect.source;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.rate.RateBudgets;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.common.config.PluginVersion;
import dev.birdconnect.common.metrics.MetricsExports;
import dev.birdconnect.common.metrics.SharedBudgetRate;
import dev.birdconnect.common.metrics.TaskName;
import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.metrics.ReadingCounters;
import dev.birdconnect.source.metrics.TaskMetrics;
import dev.birdconnect.source.workspace.WorkspaceUse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Reads the channels of one task. All of its work is done in a {@link StartedSourceTask}. */
public final class BirdSourceTask extends SourceTask {

  private static final int CALLS_AT_ONCE = 64;

  private volatile @Nullable StartedSourceTask started;
  private volatile @Nullable MetricsExports metrics;

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public void start(Map<String, String> props) {
    SourceConfig config = new SourceConfig(props);
    ReadingCounters counters = new ReadingCounters(System::nanoTime);
    ChannelsClient api =
        config.connection().open(CALLS_AT_ONCE, ConflictRule.REJECT, "bird-source");
    try {
      started =
          new StartedSourceTask(
              config,
              api,
              context.offsetStorageReader(),
              counters,
              System::nanoTime,
              () -> ThreadLocalRandom.current().nextDouble(),
              WakeUp.real(),
              WorkspaceUse.USUAL);
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
    metrics =
        MetricsExports.start(
            context,
            new TaskName("source", config.connectorName(), config.taskId()),
            new TaskMetrics(
                counters,
                config.channelIds().size(),
                new SharedBudgetRate(
                    config.connection().host(),
                    config.connection().workspaceId(),
                    RateBudgets.Method.GET,
                    config.connection().getPerSecond()),
                System::nanoTime));
  }

  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    StartedSourceTask task = started;
    return task == null ? null : task.poll();
  }

  @Override
  public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
    StartedSourceTask task = started;
    if (task != null) {
      task.committed(record, metadata != null);
    }
  }

  @Override
  public void commit() {
    StartedSourceTask task = started;
    if (task != null) {
      task.committed();
    }
  }

  @Override
  public void stop() {
    StartedSourceTask task = started;
    if (task != null) {
      task.stop();
    }
    MetricsExports shown = metrics;
    if (shown != null) {
      shown.close();
    }
  }
}
