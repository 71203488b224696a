package dev.birdconnect.sink.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Has sends prepared. Ends are passed on one after another: a preparation may be over at once and
 * let the next one begin, which would otherwise happen within each other without a bound.
 *
 * @param <R> the record
 */
final class Preparer<R> {

  /** Is told the ends, on any thread, one at a time. */
  interface Listener<R> {
    void prepared(Attempt<R> attempt, Prepared prepared);

    void broken(Attempt<R> attempt, Throwable error);
  }

  private final Listener<R> listener;
  private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param listener is told the ends; must not throw
   */
  Preparer(Listener<R> listener) {
    this.listener = listener;
  }

  /** Begins the preparation that an attempt starts with. */
  void begin(Attempt<R> attempt, Preparation preparation) {
    try {
      var call = preparation.begin();
      attempt.madeBy(call);
      var unused =
          call.outcome().whenComplete((prepared, error) -> ended(attempt, prepared, error));
    } catch (RuntimeException e) {
      ended(attempt, null, e);
    }
  }

  private void ended(Attempt<R> attempt, @Nullable Prepared prepared, @Nullable Throwable error) {
    ends.add(
        () -> {
          if (prepared != null) {
            listener.prepared(attempt, prepared);
          } else {
            listener.broken(attempt, error == null ? new IllegalStateException() : error);
          }
        });
    if (waiting.getAndIncrement() == 0) {
      do {
        ends.remove().run();
      } while (waiting.decrementAndGet() > 0);
    }
  }
}
