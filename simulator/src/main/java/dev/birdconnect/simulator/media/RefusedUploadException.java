package dev.birdconnect.simulator.media;

/** An upload that the store does not take; the message is for people and quotes nothing of it. */
public final class RefusedUploadException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /** Refused with this HTTP status and this code of an S3-like store. */
  public RefusedUploadException(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The code, such as {@code AccessDenied}. */
  public String code() {
    return code;
  }
}
