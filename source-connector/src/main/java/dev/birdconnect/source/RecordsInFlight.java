package dev.birdconnect.source;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many records the worker holds until Kafka has them. The worker's own limit counts the bytes
 * of what is sent, while a record with its fields and its offset takes several times as much.
 */
final class RecordsInFlight {

  private final int most;
  private final int atOnce;
  private final AtomicInteger records = new AtomicInteger();

  /**
   * @param most how many it may hold
   * @param atOnce how many it is given at once
   */
  RecordsInFlight(int most, int atOnce) {
    this.most = most;
    this.atOnce = atOnce;
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
    return records.decrementAndGet() == most - atOnce;
  }

  /** Whether as many more may be handed over as are at once. */
  boolean hasRoom() {
    return records.get() <= most - atOnce;
  }
}
