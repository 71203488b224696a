package dev.birdconnect.sink;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a worker gives a task; remembers what the task asks of it. */
final class FakeContext implements SinkTaskContext {

  record Report(SinkRecord record, Throwable error) {}

  private final boolean withReporter;
  final List<Report> reports = new CopyOnWriteArrayList<>();
  final Metrics metrics = new Metrics();
  final Set<TopicPartition> paused = new HashSet<>();
  final Thread taskThread = Thread.currentThread();
  CompletableFuture<Void> reportWritten = CompletableFuture.completedFuture(null);
  long timeout = -1;
  int commitRequests;
  int pauses;
  int resumes;

  FakeContext(boolean withReporter) {
    this.withReporter = withReporter;
  }

  private void onTaskThread() {
    if (Thread.currentThread() != taskThread) {
      throw new IllegalStateException("The context belongs to the task's thread.");
    }
  }

  @Override
  public Map<String, String> configs() {
    return Map.of();
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void offset(TopicPartition tp, long offset) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void timeout(long timeoutMs) {
    onTaskThread();
    timeout = timeoutMs;
  }

  @Override
  public Set<TopicPartition> assignment() {
    return Set.of();
  }

  @Override
  public void pause(TopicPartition... partitions) {
    onTaskThread();
    pauses++;
    paused.addAll(Arrays.asList(partitions));
  }

  @Override
  public void resume(TopicPartition... partitions) {
    onTaskThread();
    resumes++;
    paused.removeAll(Arrays.asList(partitions));
  }

  @Override
  public void requestCommit() {
    onTaskThread();
    commitRequests++;
  }

  @Override
  public ErrantRecordReporter errantRecordReporter() {
    return withReporter ? this::report : null;
  }

  @Override
  public PluginMetrics pluginMetrics() {
    return new PluginMetricsImpl(metrics, Map.of("connector", "shop", "task", "0"));
  }

  private Future<Void> report(SinkRecord record, Throwable error) {
    onTaskThread();
    reports.add(new Report(record, error));
    return reportWritten;
  }
}
