package dev.birdconnect.sink;

import dev.birdconnect.common.config.PluginVersion;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** Sends a message for every record; made by Connect. */
public final class BirdSinkTask extends SinkTask {

  private @Nullable StartedSinkTask started;

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public void start(Map<String, String> properties) {
    started = StartedSinkTask.start(properties, context);
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    started().open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    started().put(records);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    return started().preCommit(currentOffsets);
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    started().close(partitions);
  }

  @Override
  public void stop() {
    if (started != null) {
      started.close();
      started = null;
    }
  }

  private StartedSinkTask started() {
    if (started == null) {
      throw new IllegalStateException("The task has not been started.");
    }
    return started;
  }
}
