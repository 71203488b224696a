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
    void prepared(Consignment<R> consignment, Prepared prepared);

    void broken(Consignment<R> consignment, Throwable error);
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

  /** Begins the preparation that a consignment starts with. */
  void begin(Consignment<R> consignment, Preparation preparation) {
    try {
      var call = preparation.begin();
      consignment.madeBy(call);
      var unused =
          call.outcome().whenComplete((prepared, error) -> ended(consignment, prepared, error));
    } catch (RuntimeException e) {
      ended(consignment, null, e);
    }
  }

  private void ended(
      Consignment<R> consignment, @Nullable Prepared prepared, @Nullable Throwable error) {
    ends.add(
        () -> {
          if (prepared != null) {
            listener.prepared(consignment, prepared);
          } else {
            listener.broken(consignment, error == null ? new IllegalStateException() : error);
          }
        });
    if (waiting.getAndIncrement() == 0) {
      do {
        ends.remove().run();
      } while (waiting.decrementAndGet() > 0);
    }
  }
}
