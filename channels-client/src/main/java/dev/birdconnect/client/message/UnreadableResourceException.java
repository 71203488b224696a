package dev.birdconnect.client.message;

/**
 * An answer that is not the resource it should be; the message names the field, never its value.
 */
public final class UnreadableResourceException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is missing or of the wrong kind
   */
  public UnreadableResourceException(String message) {
    super(message);
  }
}
