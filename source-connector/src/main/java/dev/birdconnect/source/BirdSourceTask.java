package dev.birdconnect.source;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.common.config.PluginVersion;
import dev.birdconnect.source.config.SourceConfig;
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

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public void start(Map<String, String> props) {
    SourceConfig config = new SourceConfig(props);
    ChannelsClient api =
        config.connection().open(CALLS_AT_ONCE, ConflictRule.REJECT, "bird-source");
    try {
      started =
          new StartedSourceTask(
              config,
              api,
              context.offsetStorageReader(),
              System::nanoTime,
              () -> ThreadLocalRandom.current().nextDouble());
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
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
  public void stop() {
    StartedSourceTask task = started;
    if (task != null) {
      task.stop();
    }
  }
}
