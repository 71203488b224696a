package dev.birdconnect.common.metrics;

import java.util.List;

enum SomeMetric implements Metric {
  ORDERS_TOTAL,
  ORDERS_OPEN;

  @Override
  public String unit() {
    return "orders";
  }

  @Override
  public String description() {
    return "Some orders.";
  }

  /** There is one open order. */
  static final class Reader implements MetricReader<SomeMetric> {

    boolean closed;

    Reader() {}

    @Override
    public List<SomeMetric> all() {
      return List.of(values());
    }

    @Override
    public double read(SomeMetric metric) {
      return metric == ORDERS_OPEN ? 1 : 0;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
