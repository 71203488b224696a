package dev.birdconnect.quickstart;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, last first; one that fails to close does not keep the others open. */
final class Resources implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Takes charge of a resource and returns it. */
  <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  /**
   * Closes everything. An interruption that is pending is set aside meanwhile.
   *
   * @throws IllegalStateException when something could not be closed; the first cause is in it
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    IllegalStateException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IllegalStateException("A part of the quickstart did not stop well.", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }
}
