package dev.birdconnect.simulator.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that come later, or never, without a thread waiting for them. Owns one thread, named
 * {@code simulator-delays}.
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

  private final Set<CompletableFuture<Void>> hanging = ConcurrentHashMap.newKeySet();

  /** Completes after this time, or never once this is closed. */
  CompletableFuture<Void> after(Duration delay) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      var unused = timer.schedule(() -> done.complete(null), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("A delayed answer is dropped: the simulator is closing");
    }
    return done;
  }

  /** Completes when the simulator closes. */
  CompletableFuture<Void> never() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    hanging.add(done);
    return done;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    hanging.forEach(future -> future.complete(null));
    hanging.clear();
  }
}
