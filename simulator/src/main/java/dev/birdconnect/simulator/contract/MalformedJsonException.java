package dev.birdconnect.simulator.contract;

/** The bytes are not a JSON document. */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedJsonException(String message) {
    super(message, null, false, false);
  }
}
