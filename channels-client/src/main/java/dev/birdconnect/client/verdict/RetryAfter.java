package dev.birdconnect.client.verdict;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads {@code Retry-After} in both forms (RFC 9110, section 10.2.3). */
final class RetryAfter {

  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /**
   * How long to wait; empty where the header is absent or unreadable. A date is taken against the
   * server's own clock. Never more than an hour.
   */
  static Optional<Duration> of(Answer answer) {
    return answer
        .retryAfter()
        .map(String::trim)
        .flatMap(text -> seconds(text).or(() -> date(text, answer.date())))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  private static Optional<Duration> seconds(String text) {
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
  }

  private static Optional<Duration> date(String text, Optional<Instant> serverTime) {
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return serverTime.map(now -> Duration.between(now, until));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
