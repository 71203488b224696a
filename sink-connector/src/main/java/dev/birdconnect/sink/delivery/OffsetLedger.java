package dev.birdconnect.sink.delivery;

import dev.birdconnect.common.reference.RecordReference;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which offsets of a partition are finished. Offsets may have gaps (compaction, transactions,
 * dropped records) and finish in any order. What it remembers goes from the oldest unfinished
 * offset to the newest one seen.
 */
final class OffsetLedger {

  private final TreeMap<Long, OptionalLong> unfinishedSince = new TreeMap<>();
  private long next = Long.MIN_VALUE;

  /**
   * Takes an offset in.
   *
   * @param takenInAt the clock's nanoseconds
   * @return false when it is known already: seen before, or below everything unfinished
   */
  boolean track(long offset, long takenInAt) {
    if (offset < floor() || unfinishedSince.containsKey(offset)) {
      return false;
    }
    unfinishedSince.put(offset, OptionalLong.of(takenInAt));
    next = Math.max(next, offset + 1);
    return true;
  }

  /**
   * Notes that an offset is finished.
   *
   * @return false when it was not unfinished
   */
  boolean finish(long offset) {
    OptionalLong since = unfinishedSince.getOrDefault(offset, OptionalLong.empty());
    if (since.isEmpty()) {
      return false;
    }
    unfinishedSince.put(offset, OptionalLong.empty());
    Map.Entry<Long, OptionalLong> first = unfinishedSince.firstEntry();
    while (first != null && first.getValue().isEmpty()) {
      unfinishedSince.pollFirstEntry();
      first = unfinishedSince.firstEntry();
    }
    return true;
  }

  /** The oldest unfinished offset: all below are finished. Empty when nothing is unfinished. */
  OptionalLong oldestUnfinished() {
    return unfinishedSince.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(unfinishedSince.firstKey());
  }

  /** When the oldest unfinished offset was taken in; empty when nothing is unfinished. */
  OptionalLong oldestTakenInAt() {
    return unfinishedSince.isEmpty()
        ? OptionalLong.empty()
        : unfinishedSince.firstEntry().getValue();
  }

  /** How many offsets it remembers. */
  int size() {
    return unfinishedSince.size();
  }

  /** Whether a send at this offset may start: all offsets at or below it less the span are done. */
  boolean withinSpan(long offset) {
    return unfinishedSince.isEmpty() || unfinishedSince.firstKey() > offset - RecordReference.SPAN;
  }

  private long floor() {
    return unfinishedSince.isEmpty() ? next : unfinishedSince.firstKey();
  }
}
