package dev.birdconnect.benchmarks;

import java.util.function.IntSupplier;

/** The rate between a tenth and nine tenths of the way, when everything is warm and full. */
final class MiddlePart {

  private static final long LOOK_EVERY_MILLIS = 5;

  private MiddlePart() {}

  /**
   * Watches a counter until it has grown by {@code total}.
   *
   * @return what was counted per second in the middle part
   */
  static double perSecond(IntSupplier counter, int from, int total) throws InterruptedException {
    int low = from + total / 10;
    int high = from + total * 9 / 10;
    long begin = await(counter, low);
    int atBegin = counter.getAsInt();
    long end = await(counter, high);
    int atEnd = counter.getAsInt();
    await(counter, from + total);
    return (atEnd - atBegin) * 1e9 / (end - begin);
  }

  private static long await(IntSupplier counter, int target) throws InterruptedException {
    Object monitor = new Object();
    synchronized (monitor) {
      while (counter.getAsInt() < target) {
        monitor.wait(LOOK_EVERY_MILLIS);
      }
    }
    return System.nanoTime();
  }
}
