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
    ANSWERED,
    RESET,
    /** The answer's head and the first byte of its body, then the end of the connection. */
    CUT,
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
