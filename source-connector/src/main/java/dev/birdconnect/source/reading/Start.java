package dev.birdconnect.source.reading;

import java.time.Instant;

/** Where the reading of a channel begins of which nothing is stored. */
public sealed interface Start {

  /** With the oldest message. */
  record Earliest() implements Start {}

  /** With the first message made after the connector has reached the API. */
  record Latest() implements Start {}

  /**
   * With the first message made at or after a time.
   *
   * @param time by the server's clock
   */
  record At(Instant time) implements Start {}
}
