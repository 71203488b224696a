package dev.birdconnect.sink.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

  void advance(Duration time) {
    now += time.toNanos();
    List<Planned> due = planned.stream().filter(action -> action.at() <= now).toList();
    planned.removeAll(due);
    due.forEach(action -> action.action().run());
  }

  @Override
  public void close() {
    closed = true;
  }
}
