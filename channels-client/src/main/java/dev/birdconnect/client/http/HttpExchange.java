package dev.birdconnect.client.http;

import dev.birdconnect.client.verdict.Answer;
import java.io.IOException;

/** How one request ended. */
public sealed interface HttpExchange {

  /** An answer came, and was read to its end. */
  record Answered(Answer answer) implements HttpExchange {}

  /**
   * No answer, or only a part of one.
   *
   * @param failure what broke it off
   * @param requestBegan whether anything of the request may have left
   */
  record Broken(IOException failure, boolean requestBegan) implements HttpExchange {}
}
