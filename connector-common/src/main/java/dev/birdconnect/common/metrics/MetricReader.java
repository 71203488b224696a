package dev.birdconnect.common.metrics;

import java.util.List;

/**
 * Reads the metrics of a task. May be used by any thread.
 *
 * @param <M> the metrics
 */
public interface MetricReader<M extends Metric> extends AutoCloseable {

  /** All metrics, in the order in which they are shown. */
  List<M> all();

  /** The present value. */
  double read(M metric);

  @Override
  void close();
}
