package dev.birdconnect.sink.config;

/** What happens to a record without a value (a tombstone). */
public enum NullValues {
  /** It counts as finished. */
  IGNORE,
  /** It goes to the errant-record reporter. */
  REPORT,
  /** The task fails. */
  FAIL
}
