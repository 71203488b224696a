package dev.birdconnect.source.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which open messages to read one by one: those that no page has shown for a tenth of their age, so
 * that young ones are read often and old ones rarely. What is due for the longest time goes first,
 * so every message has its turn however small the budget is.
 */
public final class ReadPlan {

  private static final int SHARE_OF_AGE = 10;
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Duration shortest;
  private final Map<String, Long> seenAt = new HashMap<>();

  /**
   * @param shortest shortest time between two readings of a message
   */
  public ReadPlan(Duration shortest) {
    this.shortest = shortest;
  }

  /**
   * Notes that a message was read, alone or on a page.
   *
   * @param now a clock that only goes forward, in nanoseconds
   */
  public void seen(String id, long now) {
    seenAt.put(id, now);
  }

  /**
   * What to read now, most urgent first.
   *
   * @param open all open messages of the channel
   * @param serverTime the server's time
   * @param now a clock that only goes forward, in nanoseconds
   * @param most how many at most
   */
  public List<String> due(Collection<OpenMessage> open, Instant serverTime, long now, int most) {
    Set<String> ids = new HashSet<>();
    open.forEach(message -> ids.add(message.id()));
    seenAt.keySet().retainAll(ids);
    return open.stream()
        .map(message -> new Turn(message, waited(message, serverTime, now)))
        .filter(turn -> turn.overdue() >= 0)
        .sorted(
            Comparator.comparingDouble(Turn::overdue)
                .thenComparingLong(turn -> turn.message().agesFrom())
                .reversed())
        .limit(most)
        .map(turn -> turn.message().id())
        .toList();
  }

  /** How long a message waits beyond its due time, in units of its own interval. */
  private double waited(OpenMessage message, Instant serverTime, long now) {
    Long seen = seenAt.get(message.id());
    if (seen == null) {
      return Double.MAX_VALUE;
    }
    double interval = interval(message.age(serverTime)).toNanos();
    return (now - seen) / interval - 1;
  }

  private Duration interval(Duration age) {
    Duration interval = age.dividedBy(SHARE_OF_AGE);
    if (interval.compareTo(LONGEST) > 0) {
      interval = LONGEST;
    }
    return interval.compareTo(shortest) < 0 ? shortest : interval;
  }

  private record Turn(OpenMessage message, double overdue) {}
}
