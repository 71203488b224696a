package dev.birdconnect.source.status;

import org.jspecify.annotations.Nullable;

/**
 * A known message with its text, which is written when it is first asked for: few of the states
 * that a message goes through are ever stored. Safe for use by several threads, any of which may
 * write the same text.
 */
final class KnownEntry {

  private final KnownMessage message;
  private @Nullable String text;

  /**
   * @param message the message
   */
  KnownEntry(KnownMessage message) {
    this.message = message;
  }

  /** The message. */
  KnownMessage message() {
    return message;
  }

  /** The message as {@link KnownText} writes it. */
  String text() {
    String written = text;
    if (written == null) {
      written = KnownText.of(message);
      text = written;
    }
    return written;
  }
}
