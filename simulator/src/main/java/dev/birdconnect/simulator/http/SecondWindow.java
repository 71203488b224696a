package dev.birdconnect.simulator.http;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The most events within any one second. Safe for use by several threads. */
final class SecondWindow {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int FIRST_ROOM = 1024;

  private long[] times = new long[FIRST_ROOM];
  private int oldest;
  private int held;
  private int most;

  /** One more event, at this time in nanoseconds. */
  synchronized void add(long nanos) {
    while (held > 0 && nanos - times[oldest] >= SECOND) {
      oldest = (oldest + 1) % times.length;
      held--;
    }
    if (held == times.length) {
      long[] larger = Arrays.copyOf(Arrays.copyOfRange(times, oldest, held), 2 * held);
      System.arraycopy(times, 0, larger, held - oldest, oldest);
      times = larger;
      oldest = 0;
    }
    times[(oldest + held) % times.length] = nanos;
    held++;
    most = Math.max(most, held);
  }

  synchronized int most() {
    return most;
  }
}
