package dev.birdconnect.simulator.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the API writes them: UTC, three decimals (assumption 29). */
public final class Times {
  private static final int MILLIS_PER_SECOND = 1000;
  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);

  private record Second(long second, String text) {}

  // Most times of a page or of a burst of sends share their second.
  private static final ThreadLocal<Second> LAST =
      ThreadLocal.withInitial(() -> new Second(Long.MIN_VALUE, ""));

  private Times() {}

  /** Milliseconds since 1970 as text. */
  public static String text(long millis) {
    long second = Math.floorDiv(millis, (long) MILLIS_PER_SECOND);
    Second last = LAST.get();
    if (last.second() != second) {
      last = new Second(second, TO_THE_SECOND.format(Instant.ofEpochSecond(second)));
      LAST.set(last);
    }
    int decimals = Math.floorMod(millis, MILLIS_PER_SECOND);
    return last.text()
        + (char) ('0' + decimals / 100)
        + (char) ('0' + decimals / 10 % 10)
        + (char) ('0' + decimals % 10)
        + 'Z';
  }
}
