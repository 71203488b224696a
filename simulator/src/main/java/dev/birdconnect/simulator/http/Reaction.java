package dev.birdconnect.simulator.http;

import java.time.Duration;

/**
 * How a request is met.
 *
 * @param answer what to answer
 * @param latency how much later
 * @param ending what becomes of the connection
 */
record Reaction(Answer answer, Duration latency, Ending ending) {
  /** What the client gets to see. */
  enum Ending {
    ANSWERED,
    RESET,
    NEVER
  }

  static Reaction at(Duration latency, Answer answer) {
    return new Reaction(answer, latency, Ending.ANSWERED);
  }
}
