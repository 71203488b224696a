package dev.birdconnect.sink.config;

/** How a record's value is made into a send. */
public enum MessageFormat {
  /** The value is the send request itself. */
  REQUEST,
  /** A template is filled with fields of the record. */
  TEMPLATE
}
