package dev.birdconnect.source.config;

import dev.birdconnect.source.reading.Start;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** The start of a channel as a setting has it. */
final class StartText {

  static final String EARLIEST = "earliest";
  static final String LATEST = "latest";
  static final String VALID =
      "It has to be earliest, latest, or a time with its zone such as 2031-03-01T13:00:00Z.";

  private static final int LAST_YEAR = 9999;

  private StartText() {}

  static boolean isStart(String text) {
    if (text.equals(EARLIEST) || text.equals(LATEST)) {
      return true;
    }
    try {
      int year = OffsetDateTime.parse(text).getYear();
      return year >= 0 && year <= LAST_YEAR;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Reads one that {@link #isStart}. */
  static Start parse(String text) {
    return switch (text) {
      case EARLIEST -> new Start.Earliest();
      case LATEST -> new Start.Latest();
      default -> new Start.At(OffsetDateTime.parse(text).toInstant());
    };
  }
}
