package dev.birdconnect.client.http;

import org.jspecify.annotations.Nullable;

/** The transport cannot be set up from its settings. */
public final class TransportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TransportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
