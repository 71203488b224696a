package dev.birdconnect.sink.reconcile;

/** How to ask for a list so that it comes newest first; the default order is not documented. */
public enum ListDirection {
  /** Not found out yet. */
  UNKNOWN(false),
  /** The default order is newest first. */
  DEFAULT(false),
  /** The default order is oldest first, so the list is asked for in reverse. */
  REVERSE(true),
  /** Neither way gives newest first, so only the end of the list proves anything. */
  NEITHER(false);

  private final boolean reverse;

  ListDirection(boolean reverse) {
    this.reverse = reverse;
  }

  boolean reverse() {
    return reverse;
  }

  boolean newestFirst() {
    return this == DEFAULT || this == REVERSE;
  }
}
