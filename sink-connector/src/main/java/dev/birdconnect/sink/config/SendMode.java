package dev.birdconnect.sink.config;

/** How many sends a request holds. */
public enum SendMode {
  /** One; the answer tells what became of it. */
  SINGLE,
  /** Up to a hundred; the channel's list tells what became of them. */
  BATCH
}
