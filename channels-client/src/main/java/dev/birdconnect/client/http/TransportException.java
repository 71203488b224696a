package dev.birdconnect.client.http;

import org.jspecify.annotations.Nullable;

/** The transport cannot be set up from its settings. */
public final class TransportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The setting at fault. */
  public enum Fault {
    ADDRESS,
    TLS,
    TRUST_STORE,
    TRUST_STORE_PASSWORD,
    KEY_STORE,
    KEY_STORE_PASSWORD,
    KEY_PASSWORD
  }

  private final Fault fault;

  TransportException(Fault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** The setting at fault. */
  public Fault fault() {
    return fault;
  }
}
