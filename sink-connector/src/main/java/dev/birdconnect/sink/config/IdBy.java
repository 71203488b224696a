package dev.birdconnect.sink.config;

/** What decides through which workspace or channel a record goes. */
public enum IdBy {
  /** It is the same for all. */
  FIXED,
  /** The record's topic. */
  TOPIC,
  /** A field of the value or key. */
  FIELD,
  /** A header. */
  HEADER
}
