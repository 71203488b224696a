package dev.birdconnect.source;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many records the worker holds until Kafka has them. The worker's own limit counts the bytes
 * of what is sent, while a record with its fields and its offset takes several times as much.
 */
final class RecordsInFlight {

  private final int most;
  private final int few;
  private final int many;
  private final AtomicInteger records = new AtomicInteger();

  /**
   * @param most how many it may hold
   * @param few how many it gets at once while it holds others: records in bursts slow down a
   *     producer that has one request under way at a time, and a record is converted faster while
   *     the processor's cache holds what it was made of
   * @param many how many it gets at once when it holds none, as one does that writes each batch in
   *     a transaction
   */
  RecordsInFlight(int most, int few, int many) {
    this.most = most;
    this.few = few;
    this.many = many;
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
    // One may end after all have been removed: a worker that pauses commits before it sends again.
    return records.getAndUpdate(held -> Math.max(0, held - 1)) == most - few + 1;
  }

  /** None is held any more; returns how many there were. */
  int removeAll() {
    return records.getAndSet(0);
  }

  /** How many more may be handed over now. */
  int room() {
    int held = records.get();
    if (held == 0) {
      return many;
    }
    return held <= most - few ? few : 0;
  }
}
