package dev.birdconnect.sink.metrics;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a task's metrics everywhere they can be shown. What cannot be shown stops no task. */
public final class MetricsExports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsExports.class);

  private final TaskMetrics metrics;
  private final Optional<JmxExport> jmx;

  private MetricsExports(TaskMetrics metrics, Optional<JmxExport> jmx) {
    this.metrics = metrics;
    this.jmx = jmx;
  }

  /**
   * Shows the metrics.
   *
   * @param connector the connector's name
   * @param task the task's number
   * @param metrics closed together with this
   */
  public static MetricsExports start(
      SinkTaskContext context, String connector, String task, TaskMetrics metrics) {
    Optional<JmxExport> jmx =
        JmxExport.of(ManagementFactory.getPlatformMBeanServer(), connector, task, metrics);
    try {
      WorkerExport.show(context, metrics);
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
