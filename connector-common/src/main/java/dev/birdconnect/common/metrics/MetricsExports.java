package dev.birdconnect.common.metrics;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a task's metrics everywhere they can be shown. What cannot be shown stops no task. */
public final class MetricsExports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsExports.class);

  private final MetricReader<?> metrics;
  private final Optional<JmxExport> jmx;

  private MetricsExports(MetricReader<?> metrics, Optional<JmxExport> jmx) {
    this.metrics = metrics;
    this.jmx = jmx;
  }

  /**
   * Shows the metrics of a sink's task.
   *
   * @param metrics closed together with this
   */
  public static MetricsExports start(
      SinkTaskContext context, TaskName task, MetricReader<?> metrics) {
    return start(() -> WorkerExport.show(context, metrics), task, metrics);
  }

  /**
   * Shows the metrics of a source's task.
   *
   * @param metrics closed together with this
   */
  public static MetricsExports start(
      SourceTaskContext context, TaskName task, MetricReader<?> metrics) {
    return start(() -> WorkerExport.show(context, metrics), task, metrics);
  }

  private static MetricsExports start(Runnable inWorker, TaskName task, MetricReader<?> metrics) {
    Optional<JmxExport> jmx =
        JmxExport.of(ManagementFactory.getPlatformMBeanServer(), task, metrics);
    try {
      inWorker.run();
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      LOG.debug("This worker has no plugin metrics; the metrics are in JMX only.");
    } catch (IllegalArgumentException e) {
      LOG.warn("The worker does not take the task's metrics; they are in JMX only.", e);
    }
    return new MetricsExports(metrics, jmx);
  }

  @Override
  public void close() {
    jmx.ifPresent(JmxExport::close);
    metrics.close();
  }
}
