package dev.birdconnect.source;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many records the worker holds until Kafka has them. The worker's own limit counts the bytes
 * of what is sent, while a record with its fields and its offset takes several times as much.
 */
final class RecordsInFlight {

  private final int most;
  private final AtomicInteger records = new AtomicInteger();

  /**
   * @param most records from which on nothing more is handed over
   */
  RecordsInFlight(int most) {
    this.most = most;
  }

  /** So many records go to the worker. */
  void add(int count) {
    records.addAndGet(count);
  }

  /**
   * Kafka has a record, or a transform has dropped it.
   *
   * @return whether there is room again
   */
  boolean remove() {
    return records.decrementAndGet() == most - 1;
  }

  /** Whether there is no room for more. */
  boolean isFull() {
    return records.get() >= most;
  }
}
