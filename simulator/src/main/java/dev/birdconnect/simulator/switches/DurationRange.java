package dev.birdconnect.simulator.switches;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/**
 * The durations a switch takes, both ends included.
 *
 * @param least the shortest
 * @param most the longest
 * @param zeroWord the word for zero
 * @param byDefault the one that holds when nothing is set
 */
public record DurationRange(Duration least, Duration most, String zeroWord, Duration byDefault) {
  private static final Duration LONGEST = Duration.ofDays(3650);

  /** Any duration, with zero as the default. */
  static DurationRange any(String zeroWord) {
    return any(zeroWord, Duration.ZERO);
  }

  /** Any duration. */
  static DurationRange any(String zeroWord, Duration byDefault) {
    return new DurationRange(Duration.ZERO, LONGEST, zeroWord, byDefault);
  }

  /** What it takes, a sentence. */
  public String meaning() {
    return "A duration such as PT2S, or a number of milliseconds, from "
        + least
        + " to "
        + most
        + "; "
        + zeroWord
        + " is zero.";
  }

  /** Reads a duration of this range. */
  Optional<Duration> read(String text) {
    try {
      Duration read;
      if (text.equals(zeroWord)) {
        read = Duration.ZERO;
      } else if (text.matches("[+-]?[0-9]{1,15}")) {
        read = Duration.ofMillis(Long.parseLong(text));
      } else {
        read = Duration.parse(text);
      }
      return Optional.of(read).filter(this::contains);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean contains(Duration duration) {
    return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
  }

  String write(Duration duration) {
    return duration.isZero() ? zeroWord : duration.toString();
  }
}
