package dev.birdconnect.sink.config;

/** What sends have in common that are made one after another. */
public enum OrderBy {
  /** The record's key; records without one have no order. */
  KEY,
  /** The first contact of the send. */
  RECEIVER,
  /** The record's partition. */
  PARTITION,
  /** Nothing: no order at all. */
  NONE
}
