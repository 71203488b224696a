package dev.birdconnect.quickstart;

/** Told of each part that has started. */
@FunctionalInterface
interface Steps {

  /**
   * A part has started.
   *
   * @param part what it is
   * @param where its address or names
   */
  void done(String part, String where);
}
