package dev.birdconnect.common.metrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Percentiles of durations in the last minute, to 1 %. Recording takes no lock; the minute is made
 * of slots, and whoever comes first after the end of one begins the next.
 */
public final class Latencies {

  private static final int SLOTS = 4;
  private static final long SLOT_NANOS = Duration.ofMinutes(1).toNanos() / SLOTS;
  private static final long LONGEST_MICROS = Duration.ofDays(7).toMillis() * 1000;
  private static final int DIGITS = 2;
  private static final double MICROS_PER_MILLI = 1000;

  private final LongSupplier nanoTime;
  private final Recorder recorder = new Recorder(1, LONGEST_MICROS, DIGITS);
  private final ReentrantLock slotsLock = new ReentrantLock();
  private final Deque<Histogram> ended = new ArrayDeque<>();
  private volatile long slotEndsAt;

  /**
   * @param nanoTime a clock that only goes forward
   */
  public Latencies(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.slotEndsAt = nanoTime.getAsLong() + SLOT_NANOS;
  }

  /** Notes a duration; one below 0, as clocks that differ may give, counts as 0. */
  public void record(long micros) {
    if (nanoTime.getAsLong() - slotEndsAt >= 0 && slotsLock.tryLock()) {
      try {
        beginSlots();
      } finally {
        slotsLock.unlock();
      }
    }
    recorder.recordValue(Math.max(0, Math.min(micros, LONGEST_MICROS)));
  }

  /** A percentile in milliseconds; 0 when nothing was noted. */
  public double percentile(double percent) {
    slotsLock.lock();
    try {
      beginSlots();
      Histogram all = new Histogram(1, LONGEST_MICROS, DIGITS);
      Histogram current = recorder.getIntervalHistogram();
      keep(current);
      ended.forEach(all::add);
      return all.getTotalCount() == 0 ? 0 : all.getValueAtPercentile(percent) / MICROS_PER_MILLI;
    } finally {
      slotsLock.unlock();
    }
  }

  /** What was read of the slot that goes on belongs to it still. */
  private void keep(Histogram current) {
    if (ended.isEmpty()) {
      ended.addLast(current);
    } else {
      ended.getLast().add(current);
    }
  }

  private void beginSlots() {
    long now = nanoTime.getAsLong();
    long endsAt = slotEndsAt;
    if (now - endsAt < 0) {
      return;
    }
    keep(recorder.getIntervalHistogram());
    long passed = (now - endsAt) / SLOT_NANOS + 1;
    for (long i = 0; i < Math.min(passed, SLOTS + 1L); i++) {
      ended.addLast(new Histogram(1, LONGEST_MICROS, DIGITS));
    }
    while (ended.size() > SLOTS) {
      ended.removeFirst();
    }
    slotEndsAt = endsAt + passed * SLOT_NANOS;
  }
}
