package dev.birdconnect.client.rate;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer with one thread, {@code bird-rate-budget}; what is left at {@link #close} is dropped. */
final class ThreadTimer implements Timer, AutoCloseable {

  private final ScheduledThreadPoolExecutor executor;

  private ThreadTimer() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            action -> {
              Thread thread = new Thread(action, "bird-rate-budget");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  static ThreadTimer start() {
    return new ThreadTimer();
  }

  /** One that runs nothing. */
  static ThreadTimer stopped() {
    ThreadTimer timer = new ThreadTimer();
    timer.close();
    return timer;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void after(Duration delay, Runnable action) {
    var unused = executor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
