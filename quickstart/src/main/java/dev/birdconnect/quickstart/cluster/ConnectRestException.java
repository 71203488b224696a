package dev.birdconnect.quickstart.cluster;

/** A call of the Connect worker's REST API failed; the message says which and why. */
public final class ConnectRestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  ConnectRestException(String message) {
    super(message);
    this.status = 0;
  }

  ConnectRestException(int status, String message) {
    super(message);
    this.status = status;
  }

  ConnectRestException(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
  }

  /** The answer's HTTP status; 0 when it is not an answer's status that is wrong. */
  int status() {
    return status;
  }
}
