package dev.birdconnect.sink.config;

/** Where the reference of a message comes from. */
public enum ReferenceFrom {
  /** The connector makes it of the record's coordinates. */
  NONE,
  /** The record's key. */
  KEY,
  /** A field of the value or key. */
  FIELD,
  /** A header. */
  HEADER,
  /** The field {@code reference} of the request or of the filled template. */
  REQUEST
}
