package dev.birdconnect.source.reading;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Pages of the list below its head that were asked for in vain, by their tokens, so that one that
 * fails each time holds up nothing but itself.
 */
final class FailedPages {

  private static final Duration REST = Duration.ofMinutes(1);
  private static final Duration REMEMBERED = Duration.ofMinutes(15);

  private final Map<String, Failure> failures = new HashMap<>();

  /**
   * A page's failures.
   *
   * @param inRow how many since it was answered
   * @param at when the last one came, in nanoseconds
   */
  private record Failure(int inRow, long at) {}

  /**
   * A page was not answered.
   *
   * @param now the clock, in nanoseconds
   * @return how many times in a row
   */
  int failed(String token, long now) {
    failures.values().removeIf(failure -> now - failure.at() > REMEMBERED.toNanos());
    Failure before = failures.getOrDefault(token, new Failure(0, now));
    failures.put(token, new Failure(before.inRow() + 1, now));
    return before.inRow() + 1;
  }

  /** A page was answered. */
  void answered(String token) {
    failures.remove(token);
  }

  /** Whether a page is left alone for a while. */
  boolean rests(String token, long now) {
    Failure failure = failures.get(token);
    return failure != null && now - failure.at() < REST.toNanos();
  }
}
