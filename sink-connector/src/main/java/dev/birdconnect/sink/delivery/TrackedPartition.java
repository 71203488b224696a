package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.position.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What is known of a partition that is assigned: its offsets, how much of it waits, what earlier
 * owners have sent of it, and the lanes whose head has to wait for that or is too far ahead.
 *
 * @param <R> the record
 */
final class TrackedPartition<R> {

  /** About how many bytes a remembered offset takes. */
  private static final int OFFSET_BYTES = 34;

  private final OffsetLedger ledger = new OffsetLedger();
  private final PriorityQueue<Lane<R>> beyondSpan =
      new PriorityQueue<>(Comparator.comparingLong(lane -> lane.head().send().position().offset()));
  private final EarlierOwners<R> earlier;
  private long load;
  private int unfinished;
  private boolean retired;

  /**
   * @param id which one it is
   * @param openedAt when it was assigned, by the clock's nanoseconds
   */
  TrackedPartition(PartitionId id, long openedAt) {
    this.earlier = new EarlierOwners<>(id, openedAt);
  }

  OffsetLedger ledger() {
    return ledger;
  }

  boolean take(Intake<R> item, long now) {
    if (!ledger.track(item.position().offset(), now)) {
      return false;
    }
    load += item.weight();
    unfinished++;
    return true;
  }

  /** What earlier owners have sent of it. */
  EarlierOwners<R> earlier() {
    return earlier;
  }

  /** Finishes a record and returns the lanes that may start because of it. */
  List<Lane<R>> finish(Intake<R> item) {
    if (!ledger.finish(item.position().offset())) {
      return List.of();
    }
    load -= item.weight();
    unfinished--;
    if (item instanceof Send<R> send) {
      earlier.finished(send);
    } else if (item instanceof Rejection<R> rejection) {
      rejection.trial().map(Trial::send).ifPresent(earlier::finished);
    }
    ledger.oldestUnfinished().ifPresent(earlier::forgetBelow);
    if (beyondSpan.isEmpty()) {
      return List.of();
    }
    List<Lane<R>> released = new ArrayList<>();
    while (!beyondSpan.isEmpty()
        && ledger.withinSpan(beyondSpan.peek().head().send().position().offset())) {
      released.add(beyondSpan.remove());
    }
    return released;
  }

  void waitForSpan(Lane<R> lane) {
    beyondSpan.add(lane);
  }

  /** The places where its lanes wait. */
  List<Collection<Lane<R>>> waiting() {
    List<Collection<Lane<R>>> places = earlier.waiting();
    places.add(beyondSpan);
    return places;
  }

  /** How many lanes wait until it is known what earlier owners have sent. */
  int heldLanes() {
    return earlier.held();
  }

  /** How many lanes wait because their head is too far ahead. */
  int lanesBeyondSpan() {
    return beyondSpan.size();
  }

  /** Bytes of memory that its unfinished records and the offsets above them take, about. */
  long load() {
    return load + (long) OFFSET_BYTES * ledger.size();
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
