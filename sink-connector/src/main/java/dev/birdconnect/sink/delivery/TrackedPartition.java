package dev.birdconnect.sink.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What is known of a partition that is assigned: its offsets, how much of it waits, and the lanes
 * whose head is too far ahead to start.
 *
 * @param <R> the record
 */
final class TrackedPartition<R> {

  private final OffsetLedger ledger = new OffsetLedger();
  private final PriorityQueue<Lane<R>> beyondSpan =
      new PriorityQueue<>(Comparator.comparingLong(lane -> lane.head().position().offset()));
  private long load;
  private int unfinished;
  private boolean retired;

  OffsetLedger ledger() {
    return ledger;
  }

  boolean take(Intake<R> item) {
    if (!ledger.track(item.position().offset())) {
      return false;
    }
    load += item.weight();
    unfinished++;
    return true;
  }

  /** Finishes a record and returns the lanes that may start because of it. */
  List<Lane<R>> finish(Intake<R> item) {
    if (!ledger.finish(item.position().offset())) {
      return List.of();
    }
    load -= item.weight();
    unfinished--;
    if (beyondSpan.isEmpty()) {
      return List.of();
    }
    List<Lane<R>> released = new ArrayList<>();
    while (!beyondSpan.isEmpty()
        && ledger.withinSpan(beyondSpan.peek().head().position().offset())) {
      released.add(beyondSpan.remove());
    }
    return released;
  }

  void waitForSpan(Lane<R> lane) {
    beyondSpan.add(lane);
  }

  PriorityQueue<Lane<R>> beyondSpan() {
    return beyondSpan;
  }

  /** Bytes of memory that its unfinished records take, about. */
  long load() {
    return load;
  }

  /** How many of its records are unfinished. */
  int unfinished() {
    return unfinished;
  }

  /** Given up: nothing of it starts any more. */
  boolean retired() {
    return retired;
  }

  void retire() {
    retired = true;
  }
}
