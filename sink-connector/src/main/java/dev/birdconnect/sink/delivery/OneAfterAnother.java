package dev.birdconnect.sink.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Does work that may lead to more of it on the same thread, such as a call that ends at once: what
 * comes of a piece is done after it, not within it, where it would pile up on the stack.
 *
 * @param <T> a piece of work
 */
final class OneAfterAnother<T> {

  private final Consumer<T> work;
  private final Map<Thread, Deque<T>> underWay = new ConcurrentHashMap<>();

  OneAfterAnother(Consumer<T> work) {
    this.work = work;
  }

  /** Does a piece of work and what it leads to, or leaves it to the piece that it comes of. */
  void add(T piece) {
    Thread thread = Thread.currentThread();
    Deque<T> outer = underWay.get(thread);
    if (outer != null) {
      outer.add(piece);
      return;
    }
    Deque<T> all = new ArrayDeque<>(List.of(piece));
    underWay.put(thread, all);
    try {
      while (!all.isEmpty()) {
        work.accept(all.remove());
      }
    } finally {
      underWay.remove(thread);
    }
  }
}
