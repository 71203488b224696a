package dev.birdconnect.client.http;

import dev.birdconnect.client.verdict.Answer;
import java.io.IOException;

/** How one request ended. */
public sealed interface HttpExchange {

  /** An answer came. */
  record Answered(Answer answer) implements HttpExchange {}

  /**
   * No answer, or only a part of one.
   *
   * @param failure what broke it off
   * @param requestBegan whether the server may have begun to work on the request
   */
  record Broken(IOException failure, boolean requestBegan) implements HttpExchange {}
}
