package dev.birdconnect.source.reading;

/** What the reader of a channel is at: one phase of its cycle. */
interface Activity {

  /** Starts the calls it needs now, if any, or hands on to the next activity; never waits. */
  void goOn();

  /** When it wants to go on, in nanoseconds. */
  long dueAt();
}
