package dev.birdconnect.source.discovery;

/** No channels are known yet; the message says why and what to do. */
public final class NoChannelsException extends Exception {

  private static final long serialVersionUID = 1L;

  NoChannelsException(String message) {
    super(message);
  }
}
