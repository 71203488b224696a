package dev.birdconnect.common.metrics;

import java.util.LinkedHashMap;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Shows a task's metrics as plugin metrics (KIP-877). Connect has them from 4.1 on; this class is
 * not to be loaded before it is known that they are there. The worker removes them with the task.
 */
final class WorkerExport {

  private WorkerExport() {}

  static void show(SinkTaskContext context, MetricReader<?> metrics) {
    show(context.pluginMetrics(), metrics);
  }

  static void show(SourceTaskContext context, MetricReader<?> metrics) {
    show(context.pluginMetrics(), metrics);
  }

  private static <M extends Metric> void show(PluginMetrics worker, MetricReader<M> metrics) {
    for (M metric : metrics.all()) {
      Gauge<Double> gauge = (config, now) -> metrics.read(metric);
      worker.addMetric(
          worker.metricName(metric.metricName(), metric.description(), new LinkedHashMap<>()),
          gauge);
    }
  }
}
