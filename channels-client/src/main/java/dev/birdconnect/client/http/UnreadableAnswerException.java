package dev.birdconnect.client.http;

import java.io.IOException;

/** An answer that OkHttp stumbles over. What it says of it is left out, as it quotes the answer. */
final class UnreadableAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadableAnswerException(RuntimeException stumble) {
    super("the answer cannot be read (" + stumble.getClass().getSimpleName() + ")");
  }
}
