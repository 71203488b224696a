package dev.birdconnect.source.event;

/** What a record has as its timestamp. */
public enum EventTime {
  /** The event's own time, by the API's clock. */
  EVENT,
  /** The time of reading, by the worker's clock. */
  READING
}
