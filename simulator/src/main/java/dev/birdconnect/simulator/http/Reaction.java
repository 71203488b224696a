package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.switches.SwitchValues;
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
    /** The answer. */
    ANSWERED,
    /** A reset instead of the answer. */
    RESET,
    /** The first part of the answer, then a reset. */
    CUT,
    /** Nothing. */
    NEVER
  }

  /** The same with the error bodies that the switches ask for. */
  Reaction dressed(SwitchValues switches) {
    return new Reaction(ErrorBodies.dressed(answer, switches), latency, ending);
  }

  static Reaction at(Duration latency, Answer answer) {
    return new Reaction(answer, latency, Ending.ANSWERED);
  }
}
