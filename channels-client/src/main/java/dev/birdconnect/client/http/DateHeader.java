package dev.birdconnect.client.http;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import okhttp3.Headers;

/**
 * The time in the {@code Date} header of answers. It has whole seconds, so most answers of a busy
 * server have the same text as the one before, which is parsed once.
 */
final class DateHeader {

  private static final String NAME = "Date";

  private record Parsed(String text, Optional<Instant> time) {}

  private volatile Parsed latest = new Parsed("", Optional.empty());

  /** The server's time; empty when the header is missing or holds none. */
  Optional<Instant> of(Headers headers) {
    String text = headers.get(NAME);
    if (text == null) {
      return Optional.empty();
    }
    Parsed known = latest;
    if (!known.text().equals(text)) {
      known = new Parsed(text, Optional.ofNullable(headers.getDate(NAME)).map(Date::toInstant));
      latest = known;
    }
    return known.time();
  }
}
