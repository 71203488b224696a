package dev.birdconnect.sink.delivery;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lanes whose head is to be started, the one whose head came first at first. Those whose head was
 * tried before, which are few, are kept apart from the others, so that the least tried one is found
 * without a look at all.
 *
 * @param <R> the record
 */
final class ReadyLanes<R> {

  private static final int FEW = 16;

  private final PriorityQueue<Lane<R>> fresh = new PriorityQueue<>(FEW, rank());
  private final PriorityQueue<Lane<R>> tried = new PriorityQueue<>(FEW, rank());

  /** The one whose head came first at first. */
  static <R> Comparator<Lane<R>> rank() {
    return Comparator.comparingLong(lane -> lane.head().rank());
  }

  /** The one whose head was tried least at first; of several, the one whose head came first. */
  static <R> Comparator<Lane<R>> tries() {
    return Comparator.<Lane<R>>comparingInt(lane -> lane.head().attempts()).thenComparing(rank());
  }

  void add(Lane<R> lane) {
    (lane.head().attempts() == 0 ? fresh : tried).add(lane);
  }

  /** The lane whose head came first; null without one. */
  @Nullable Lane<R> first() {
    Lane<R> one = fresh.peek();
    Lane<R> other = tried.peek();
    return one == null || (other != null && other.head().rank() < one.head().rank()) ? other : one;
  }

  /** The lane whose head was tried least; of several, the one whose head came first. */
  @Nullable Lane<R> leastTried() {
    return fresh.isEmpty() ? tried.stream().min(tries()).orElse(null) : fresh.peek();
  }

  /** Takes a lane off. */
  void remove(Lane<R> lane) {
    PriorityQueue<Lane<R>> place = lane.head().attempts() == 0 ? fresh : tried;
    if (place.peek() == lane) {
      place.remove();
    } else {
      place.remove(lane);
    }
  }

  boolean isEmpty() {
    return fresh.isEmpty() && tried.isEmpty();
  }

  int size() {
    return fresh.size() + tried.size();
  }

  /** The two places where they wait. */
  List<Collection<Lane<R>>> places() {
    return List.of(fresh, tried);
  }
}
