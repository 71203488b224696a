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

  private final TreeMap<Long, Boolean> finished = new TreeMap<>();
  private long next = Long.MIN_VALUE;

  /**
   * Takes an offset in.
   *
   * @return false when it is known already: seen before, or below everything unfinished
   */
  boolean track(long offset) {
    if (offset < floor() || finished.containsKey(offset)) {
      return false;
    }
    finished.put(offset, false);
    next = Math.max(next, offset + 1);
    return true;
  }

  /**
   * Notes that an offset is finished.
   *
   * @return false when it was not unfinished
   */
  boolean finish(long offset) {
    if (!Boolean.FALSE.equals(finished.replace(offset, true))) {
      return false;
    }
    Map.Entry<Long, Boolean> first = finished.firstEntry();
    while (first != null && first.getValue()) {
      finished.pollFirstEntry();
      first = finished.firstEntry();
    }
    return true;
  }

  /** The oldest unfinished offset: all below are finished. Empty when nothing is unfinished. */
  OptionalLong oldestUnfinished() {
    return finished.isEmpty() ? OptionalLong.empty() : OptionalLong.of(finished.firstKey());
  }

  /** Whether a send at this offset may start: all offsets at or below it less the span are done. */
  boolean withinSpan(long offset) {
    return finished.isEmpty() || finished.firstKey() > offset - RecordReference.SPAN;
  }

  private long floor() {
    return finished.isEmpty() ? next : finished.firstKey();
  }
}
