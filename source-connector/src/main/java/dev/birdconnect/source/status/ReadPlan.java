package dev.birdconnect.source.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When to read which open message again: when it was not seen for a tenth of its age, at least
 * every quarter of an hour, so that young ones are read often and old ones rarely. One that waits
 * for the time it is scheduled for counts as old until then.
 */
public final class ReadPlan {

  private static final int SHARE_OF_AGE = 10;
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Duration shortest;
  private final Map<String, Long> seenAt = new HashMap<>();

  /**
   * A message that is to be read.
   *
   * @param message the message
   * @param waits how long it waits, in units of the time between two of its readings; 1 and more
   */
  public record Due(KnownMessage message, double waits) {}

  /**
   * @param shortest shortest time between two readings of a message
   */
  public ReadPlan(Duration shortest) {
    this.shortest = shortest;
  }

  /**
   * Notes that an open message was read, alone or on a page.
   *
   * @param now a clock that only goes forward, in nanoseconds
   */
  public void seen(String id, long now) {
    seenAt.put(id, now);
  }

  /** Whether a message was read since a time of the same clock. */
  public boolean isSeenSince(String id, long time) {
    Long seen = seenAt.get(id);
    return seen != null && seen - time >= 0;
  }

  /**
   * What is to be read now.
   *
   * @param open all open messages of the channel; what is noted of others is forgotten
   * @param serverTime the server's time
   * @param now a clock that only goes forward, in nanoseconds
   */
  public List<Due> due(Collection<KnownMessage> open, Instant serverTime, long now) {
    Set<String> ids = new HashSet<>();
    List<Due> due = new ArrayList<>();
    for (KnownMessage message : open) {
      ids.add(message.id());
      double waits = waits(message, serverTime, now);
      if (waits >= 1) {
        due.add(new Due(message, waits));
      }
    }
    seenAt.keySet().retainAll(ids);
    return due;
  }

  /** One that was not seen since the start waits since its age began. */
  private double waits(KnownMessage message, Instant serverTime, long now) {
    Duration age = message.age(serverTime);
    Long seen = seenAt.get(message.id());
    double waited = seen == null ? Math.max(LONGEST.toNanos(), age.toNanos()) : now - seen;
    return waited / interval(age).toNanos();
  }

  private Duration interval(Duration age) {
    if (age.isNegative()) {
      return LONGEST;
    }
    Duration interval = age.dividedBy(SHARE_OF_AGE);
    if (interval.compareTo(LONGEST) > 0) {
      interval = LONGEST;
    }
    return interval.compareTo(shortest) < 0 ? shortest : interval;
  }
}
