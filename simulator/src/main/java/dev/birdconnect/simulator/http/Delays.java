package dev.birdconnect.simulator.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers that come later, or never, without a thread waiting for them. Owns one thread, named
 * {@code simulator-delays}.
 */
final class Delays implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "simulator-delays");
            thread.setDaemon(true);
            return thread;
          });

  private final Set<CompletableFuture<Void>> hanging = ConcurrentHashMap.newKeySet();

  /** Completes after this time. */
  CompletableFuture<Void> after(Duration delay) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    var unused = timer.schedule(() -> done.complete(null), delay.toNanos(), TimeUnit.NANOSECONDS);
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
