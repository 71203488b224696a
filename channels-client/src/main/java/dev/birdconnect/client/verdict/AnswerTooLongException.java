package dev.birdconnect.client.verdict;

import java.io.IOException;

/** An answer that was cut off because it did not end where it should have. */
public final class AnswerTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param mostBytes the bytes after which it was cut off
   */
  public AnswerTooLongException(long mostBytes) {
    super("the answer has more than " + mostBytes + " bytes");
  }
}
