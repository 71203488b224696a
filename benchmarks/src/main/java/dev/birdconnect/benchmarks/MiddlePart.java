package dev.birdconnect.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What was counted between a tenth and nine tenths of the way, when everything is warm and full.
 *
 * @param count how many were answered in it
 * @param time how long it took
 * @param cpu processor time of the process that sent, between the same two points
 */
record MiddlePart(int count, Duration time, Duration cpu) {

  private static final long LOOK_EVERY_MILLIS = 20;
  private static final long LONGEST_SILENCE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final double NANOS = 1e9;
  private static final double THOUSAND = 1000;

  /** The part of the way that the middle part is. */
  static final double SHARE = 0.8;

  /**
   * Watches a counter until it has grown by {@code total}.
   *
   * @param counter counts answers, at the server
   * @param cpu processor time of the process that sends
   * @param from the counter at the start
   * @throws IllegalStateException when nothing is answered for a minute
   */
  static MiddlePart watch(IntSupplier counter, Supplier<Duration> cpu, int from, int total)
      throws InterruptedException {
    Look begin = await(counter, cpu, from + total / 10);
    Look end = await(counter, cpu, from + (int) (total * 9L / 10));
    await(counter, cpu, from + total);
    return new MiddlePart(
        end.count() - begin.count(),
        Duration.ofNanos(end.nanos() - begin.nanos()),
        end.cpu().minus(begin.cpu()));
  }

  double perSecond() {
    return count * NANOS / time.toNanos();
  }

  double cpuSecondsPerThousand() {
    return cpu.toNanos() / NANOS * THOUSAND / count;
  }

  /** Waits until a counter has reached a number; throws as {@link #watch} does. */
  static void await(IntSupplier counter, int target) throws InterruptedException {
    var unused = await(counter, () -> Duration.ZERO, target);
  }

  private record Look(int count, long nanos, Duration cpu) {}

  private static Look await(IntSupplier counter, Supplier<Duration> cpu, int target)
      throws InterruptedException {
    Look progress = new Look(counter.getAsInt(), System.nanoTime(), cpu.get());
    while (progress.count() < target) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      Look look = new Look(counter.getAsInt(), System.nanoTime(), cpu.get());
      if (look.count() > progress.count()) {
        progress = look;
      } else if (look.nanos() - progress.nanos() > LONGEST_SILENCE_NANOS) {
        throw new IllegalStateException(
            "Nothing was answered for a minute, after " + look.count() + " answers in all.");
      }
    }
    return progress;
  }
}
