package dev.birdconnect.sink.field;

/** A record that no send can be made of; names the field at fault and the remedy, never a value. */
public final class UnfitRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param complaint what is wrong and what to do, in lower case and without a full stop
   */
  public UnfitRecordException(String complaint) {
    super(complaint);
  }

  /**
   * A complaint about one field.
   *
   * @param path the field as complaints write it; empty for the whole value
   * @param complaint what is wrong and what to do
   */
  public static UnfitRecordException at(String path, String complaint) {
    return new UnfitRecordException((path.isEmpty() ? "the value" : path) + ": " + complaint);
  }

  /** What is wrong and what to do. */
  public String complaint() {
    return String.valueOf(getMessage());
  }
}
