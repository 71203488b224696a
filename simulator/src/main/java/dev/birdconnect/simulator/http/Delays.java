package dev.birdconnect.simulator.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that come later, without a thread waiting for them. Owns one thread, named {@code
 * simulator-delays}.
 */
final class Delays implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delays.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "simulator-delays");
            thread.setDaemon(true);
            return thread;
          });

  /** Completes after this time, or never when this is closed before. */
  CompletableFuture<Void> after(Duration delay) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      var unused = timer.schedule(() -> done.complete(null), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("A delayed answer is dropped: the simulator is closing");
    }
    return done;
  }

  /** Those who wait are left waiting. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
