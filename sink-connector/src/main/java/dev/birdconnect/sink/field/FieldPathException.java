package dev.birdconnect.sink.field;

/** A text that names no part of a record. */
public final class FieldPathException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param complaint what is wrong and what to do, in lower case and without a full stop
   */
  public FieldPathException(String complaint) {
    super(complaint);
  }

  /** What is wrong and what to do. */
  public String complaint() {
    return String.valueOf(getMessage());
  }
}
