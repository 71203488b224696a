package dev.birdconnect.client.rate;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the test says so. */
final class ManualTimer implements Timer {

  private record Planned(long at, long sequence, Runnable action) {}

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparingLong(Planned::at).thenComparing(Planned::sequence));
  private long now = 1_000_000;
  private long sequence;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void after(Duration delay, Runnable action) {
    planned.add(new Planned(now + delay.toNanos(), sequence++, action));
  }

  /** Time in which the timer's thread does not get to run. */
  void skip(Duration duration) {
    now += duration.toNanos();
  }

  void advance(Duration duration) {
    long end = now + duration.toNanos();
    while (!planned.isEmpty() && planned.peek().at() <= end) {
      Planned next = planned.poll();
      now = Math.max(now, next.at());
      next.action().run();
    }
    now = end;
  }
}
