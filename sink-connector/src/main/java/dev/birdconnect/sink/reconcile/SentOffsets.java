package dev.birdconnect.sink.reconcile;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The offsets of a partition whose messages were found, each with the {@linkplain
 * Mark#fingerprint() fingerprint} of its mark. Kept in blocks, since what was sent is dense: about
 * eight bytes an offset. The messages themselves are kept for a limited number of offsets, which
 * the caller chooses.
 */
final class SentOffsets {

  private static final int BLOCK_BITS = 8;
  private static final int BLOCK_SIZE = 1 << BLOCK_BITS;
  private static final long PRESENT = 1L << 32;
  private static final long FINGERPRINT_BITS = PRESENT - 1;

  private final NavigableMap<Long, long[]> blocks = new TreeMap<>();
  private final NavigableMap<Long, SentMessage> messages = new TreeMap<>();
  private long smallest = Long.MAX_VALUE;
  private long largest = Long.MIN_VALUE;

  /**
   * Notes a message. Of several with the same offset the one noted first counts.
   *
   * @param message the message, where it is to be kept
   */
  void add(Mark mark, Optional<SentMessage> message) {
    long offset = mark.coordinates().offset();
    seen(offset);
    long[] block = blocks.computeIfAbsent(offset >> BLOCK_BITS, absent -> new long[BLOCK_SIZE]);
    int index = (int) (offset & (BLOCK_SIZE - 1));
    if (block[index] == 0) {
      block[index] = entry(mark);
      message.ifPresent(kept -> messages.put(offset, kept));
    }
  }

  /** Notes that the partition was seen at this offset, whose own message does not matter. */
  void seen(long offset) {
    smallest = Math.min(smallest, offset);
    largest = Math.max(largest, offset);
  }

  /** The smallest offset seen; empty when none was. */
  OptionalLong smallestSeen() {
    return smallest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(smallest);
  }

  /** The largest offset seen; empty when none was. */
  OptionalLong largestSeen() {
    return largest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(largest);
  }

  /** Whether a message was found for the offset. */
  boolean contains(long offset) {
    return entry(offset) != 0;
  }

  /** Whether a message was found for just this record. */
  boolean contains(Mark mark) {
    return entry(mark.coordinates().offset()) == entry(mark);
  }

  /** The message that was found for just this record, where it was kept. */
  Optional<SentMessage> message(Mark mark) {
    return contains(mark)
        ? Optional.ofNullable(messages.get(mark.coordinates().offset()))
        : Optional.empty();
  }

  private static long entry(Mark mark) {
    return PRESENT | (mark.fingerprint() & FINGERPRINT_BITS);
  }

  private long entry(long offset) {
    long[] block = blocks.get(offset >> BLOCK_BITS);
    return block == null ? 0 : block[(int) (offset & (BLOCK_SIZE - 1))];
  }

  /** Gives up the memory of offsets below {@code offset}, as far as whole blocks go. */
  void forgetBelow(long offset) {
    messages.headMap(offset).clear();
    long firstKept = offset >> BLOCK_BITS;
    while (!blocks.isEmpty() && blocks.firstKey() < firstKept) {
      blocks.pollFirstEntry();
    }
  }
}
