package dev.birdconnect.client.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as text. */
public final class ApiTime {

  private static final int LAST_YEAR = 9999;

  private ApiTime() {}

  /**
   * Reads a time in RFC 3339 with up to nine decimals (assumption 29); empty when it is none. RFC
   * 3339 has years of four digits only; what lies outside cannot be counted in milliseconds
   * everywhere.
   */
  public static Optional<Instant> parse(String text) {
    Optional<Instant> usual = UsualTime.parse(text);
    if (usual.isPresent()) {
      return usual;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.getYear() >= 0 && time.getYear() <= LAST_YEAR
          ? Optional.of(time.toInstant())
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
