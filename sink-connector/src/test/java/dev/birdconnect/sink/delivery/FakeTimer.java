package dev.birdconnect.sink.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock and wake-ups that the test moves. */
final class FakeTimer implements Timer {
  record Planned(long at, Runnable action) {}

  final List<Planned> planned = new ArrayList<>();
  private long now;
  boolean closed;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void after(Duration delay, Runnable action) {
    planned.add(new Planned(now + delay.toNanos(), action));
  }

  /** Runs what is due within this time, each at its moment, also what is only planned meanwhile. */
  void advance(Duration time) {
    long until = now + time.toNanos();
    while (true) {
      Optional<Planned> next =
          planned.stream()
              .filter(action -> action.at() <= until)
              .min(Comparator.comparingLong(Planned::at));
      if (next.isEmpty()) {
        break;
      }
      planned.remove(next.get());
      now = Math.max(now, next.get().at());
      next.get().action().run();
    }
    now = until;
  }

  @Override
  public void close() {
    closed = true;
  }
}
