package dev.birdconnect.simulator.fault;

/** What goes wrong. */
public enum FaultKind {
  /** The answer comes later. */
  LATENCY,
  /** An error is answered and nothing is done. */
  ANSWER,
  /** The request is carried out, then an error is answered. */
  DONE_THEN_ANSWER,
  /** The connection is reset and nothing is done. */
  RESET,
  /** The request is carried out, then the connection is reset before the answer. */
  DONE_THEN_RESET,
  /** Nothing is done and no answer ever comes. */
  HANG,
  /** The request is carried out and no answer ever comes. */
  DONE_THEN_HANG,
  /** The message is made, but lists and reads show it only later (assumption 21). */
  LISTING_DELAY
}
