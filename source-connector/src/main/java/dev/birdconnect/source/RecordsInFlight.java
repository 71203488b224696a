package dev.birdconnect.source;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many records the worker holds until Kafka has them. The worker's own limit counts the bytes
 * of what is sent, while a record with its fields and its offset takes several times as much.
 */
final class RecordsInFlight {

  private final int most;
  private final int leastRoom;
  private final AtomicInteger records = new AtomicInteger();

  /**
   * @param most how many it may hold
   * @param leastRoom how many of them have to be free before more are handed over
   */
  RecordsInFlight(int most, int leastRoom) {
    this.most = most;
    this.leastRoom = leastRoom;
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
    return records.decrementAndGet() == most - leastRoom;
  }

  /** How many more may be handed over; none as long as it would be few. */
  int room() {
    int room = most - records.get();
    return room < leastRoom ? 0 : room;
  }
}
