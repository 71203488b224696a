package dev.birdconnect.simulator.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the API writes them: UTC, three decimals (assumption 29). */
public final class Times {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /** Milliseconds since 1970 as text. */
  public static String text(long millis) {
    return FORMAT.format(Instant.ofEpochMilli(millis));
  }
}
