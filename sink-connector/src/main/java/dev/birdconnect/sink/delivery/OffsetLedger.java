package dev.birdconnect.sink.delivery;

import dev.birdconnect.common.reference.RecordReference;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Which offsets of a partition are finished. Offsets may have gaps (compaction, transactions,
 * dropped records) and finish in any order. What it remembers goes from the oldest unfinished
 * offset to the newest one seen, in arrays: it is asked several times for each record.
 */
final class OffsetLedger {

  private static final int FIRST_LENGTH = 64;

  private long[] offsets = new long[FIRST_LENGTH];
  private long[] takenInAt = new long[FIRST_LENGTH];
  private boolean[] finished = new boolean[FIRST_LENGTH];
  private int from;
  private int to;
  private long next = Long.MIN_VALUE;

  /**
   * Takes an offset in.
   *
   * @param takenInAt the clock's nanoseconds
   * @return false when it is known already: seen before, or below everything unfinished
   */
  boolean track(long offset, long takenInAt) {
    if (offset < floor()) {
      return false;
    }
    int place = offset >= next ? ~to : find(offset);
    if (place >= 0) {
      return false;
    }
    insert(~place, offset, takenInAt);
    next = Math.max(next, offset + 1);
    return true;
  }

  private void insert(int wanted, long offset, long now) {
    int place = wanted;
    if (to == offsets.length) {
      place -= from;
      makeRoom();
    }
    move(offsets, place);
    move(takenInAt, place);
    System.arraycopy(finished, place, finished, place + 1, to - place);
    offsets[place] = offset;
    takenInAt[place] = now;
    finished[place] = false;
    to++;
  }

  private void move(long[] array, int place) {
    System.arraycopy(array, place, array, place + 1, to - place);
  }

  /** Moves all to the beginning, of longer arrays where these are more than half full. */
  private void makeRoom() {
    int size = to - from;
    int length = size > offsets.length / 2 ? 2 * offsets.length : offsets.length;
    offsets = Arrays.copyOf(Arrays.copyOfRange(offsets, from, to), length);
    takenInAt = Arrays.copyOf(Arrays.copyOfRange(takenInAt, from, to), length);
    finished = Arrays.copyOf(Arrays.copyOfRange(finished, from, to), length);
    from = 0;
    to = size;
  }

  private int find(long offset) {
    return Arrays.binarySearch(offsets, from, to, offset);
  }

  /** Whether an offset was seen before, or is below everything unfinished. */
  boolean knows(long offset) {
    return offset < floor() || (offset < next && find(offset) >= 0);
  }

  /**
   * Notes that an offset is finished.
   *
   * @return false when it was not unfinished
   */
  boolean finish(long offset) {
    int place = find(offset);
    if (place < 0 || finished[place]) {
      return false;
    }
    finished[place] = true;
    while (from < to && finished[from]) {
      from++;
    }
    return true;
  }

  /** The oldest unfinished offset: all below are finished. Empty when nothing is unfinished. */
  OptionalLong oldestUnfinished() {
    return from == to ? OptionalLong.empty() : OptionalLong.of(offsets[from]);
  }

  /** When the oldest unfinished offset was taken in; empty when nothing is unfinished. */
  OptionalLong oldestTakenInAt() {
    return from == to ? OptionalLong.empty() : OptionalLong.of(takenInAt[from]);
  }

  /** How many offsets it remembers. */
  int size() {
    return to - from;
  }

  /** Whether a send at this offset may start: all offsets at or below it less the span are done. */
  boolean withinSpan(long offset) {
    return from == to || offsets[from] > offset - RecordReference.SPAN;
  }

  private long floor() {
    return from == to ? next : offsets[from];
  }
}
