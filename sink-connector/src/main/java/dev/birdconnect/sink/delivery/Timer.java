package dev.birdconnect.sink.delivery;

import java.time.Duration;

/** Time as delivery sees it; replaced in tests. */
public interface Timer extends AutoCloseable {

  /** A clock that only goes forward, in nanoseconds. */
  long nanoTime();

  /** Runs {@code action} after {@code delay}, on a thread of the timer. */
  void after(Duration delay, Runnable action);

  /** Drops what has not run. */
  @Override
  void close();
}
