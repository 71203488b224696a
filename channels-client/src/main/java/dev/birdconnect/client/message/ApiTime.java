package dev.birdconnect.client.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as text. */
public final class ApiTime {

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private ApiTime() {}

  /**
   * Reads a time in RFC 3339 with up to nine decimals (assumption 29); empty when it is none. RFC
   * 3339 has years of four digits only, which the year in UTC has to be too: it is what {@link
   * #text} writes, and what lies outside cannot be counted in milliseconds everywhere.
   */
  public static Optional<Instant> parse(String text) {
    Optional<Instant> usual = UsualTime.parse(text);
    if (usual.isPresent()) {
      return usual;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return within(time).equals(time) ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A time as {@link #parse} reads it, in UTC; beyond the years 0 to 9999 the nearest one. */
  public static String text(Instant time) {
    return within(time).toString();
  }

  private static Instant within(Instant time) {
    if (time.isBefore(FIRST)) {
      return FIRST;
    }
    return time.isAfter(LAST) ? LAST : time;
  }
}
