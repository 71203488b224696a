package dev.birdconnect.quickstart.cluster;

/** A call of the Connect worker's REST API failed; the message says which and why. */
public final class ConnectRestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConnectRestException(String message) {
    super(message);
  }

  ConnectRestException(String message, Throwable cause) {
    super(message, cause);
  }
}
