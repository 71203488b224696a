package dev.birdconnect.source.status;

import org.jspecify.annotations.Nullable;

/**
 * A known message with its text, which is written when it is first asked for: few of the states
 * that a message goes through are ever stored. Message and text are safe for use by several
 * threads, any of which may write the same text; when it was read is for the one that reads.
 */
final class KnownEntry {

  private final KnownMessage message;
  private @Nullable String text;
  private long readAtMillis = Long.MIN_VALUE;

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

  /** When it was read last, in milliseconds since 1970; long ago where it was not. */
  long readAtMillis() {
    return readAtMillis;
  }

  void readAt(long millis) {
    readAtMillis = millis;
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
