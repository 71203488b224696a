package dev.birdconnect.source.reading;

/** The API lets this connector read nothing; the message says why and what to do. */
public final class DeniedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DeniedException(String message) {
    super(message);
  }
}
