package dev.birdconnect.sink.metrics;

import java.util.LinkedHashMap;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Shows a task's metrics as plugin metrics (KIP-877). Connect has them from 4.1 on; this class is
 * not to be loaded before it is known that they are there. The worker removes them with the task.
 */
final class WorkerExport {

  private WorkerExport() {}

  static void show(SinkTaskContext context, TaskMetrics metrics) {
    PluginMetrics worker = context.pluginMetrics();
    for (SinkMetric metric : SinkMetric.values()) {
      Gauge<Double> gauge = (config, now) -> metrics.read(metric);
      worker.addMetric(
          worker.metricName(metric.metricName(), metric.description(), new LinkedHashMap<>()),
          gauge);
    }
  }
}
