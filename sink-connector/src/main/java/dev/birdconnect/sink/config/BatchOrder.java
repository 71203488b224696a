package dev.birdconnect.sink.config;

/** In which order the API makes the messages of a batch (assumption 38). */
public enum BatchOrder {
  /** Any: a batch holds one send of an order key. */
  ANY,
  /** That of the array: a batch may hold several sends of an order key. */
  ARRAY
}
