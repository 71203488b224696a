package dev.birdconnect.source.config;

import dev.birdconnect.client.message.ApiTime;
import dev.birdconnect.source.reading.Start;

/** The start of a channel as a setting has it. */
final class StartText {

  static final String EARLIEST = "earliest";
  static final String LATEST = "latest";
  static final String VALID =
      "It has to be earliest, latest, or a time with its zone such as 2031-03-01T13:00:00Z.";

  private StartText() {}

  static boolean isStart(String text) {
    return text.equals(EARLIEST) || text.equals(LATEST) || ApiTime.parse(text).isPresent();
  }

  /** Reads one that {@link #isStart}. */
  static Start parse(String text) {
    return switch (text) {
      case EARLIEST -> new Start.Earliest();
      case LATEST -> new Start.Latest();
      default -> new Start.At(ApiTime.parse(text).orElseThrow());
    };
  }
}
