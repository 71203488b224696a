package dev.birdconnect.benchmarks;

import java.util.function.IntSupplier;

/** The rate between a tenth and nine tenths of the way, when everything is warm and full. */
final class MiddlePart {

  private static final long LOOK_EVERY_MILLIS = 20;

  private MiddlePart() {}

  /**
   * Watches a counter until it has grown by {@code total}.
   *
   * @return what was counted per second in the middle part
   */
  static double perSecond(IntSupplier counter, int from, int total) throws InterruptedException {
    Look begin = await(counter, from + total / 10);
    Look end = await(counter, from + (int) (total * 9L / 10));
    await(counter, from + total);
    return (end.count() - begin.count()) * 1e9 / (end.nanos() - begin.nanos());
  }

  private record Look(int count, long nanos) {}

  private static Look await(IntSupplier counter, int target) throws InterruptedException {
    Object monitor = new Object();
    synchronized (monitor) {
      while (true) {
        Look look = new Look(counter.getAsInt(), System.nanoTime());
        if (look.count() >= target) {
          return look;
        }
        monitor.wait(LOOK_EVERY_MILLIS);
      }
    }
  }
}
