package dev.birdconnect.quickstart.evidence;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Middle and end of a set of times.
 *
 * @param median half of the times are not longer
 * @param longest the longest time
 */
public record Spread(Duration median, Duration longest) {

  /** Returns the spread of the given times; both zero when there are none. */
  public static Spread of(Collection<Duration> times) {
    if (times.isEmpty()) {
      return new Spread(Duration.ZERO, Duration.ZERO);
    }
    List<Duration> sorted = times.stream().sorted().toList();
    return new Spread(sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
  }
}
