package dev.birdconnect.source.interaction;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The messages whose interactions are looked for, and when to look for which again: after a tenth
 * of its age, at least every quarter of an hour, as most interactions come soon.
 */
final class FollowedMessages {

  private static final int SHARE_OF_AGE = 10;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final double ROOM_AFTER_FORGETTING = 0.95;

  private final int most;
  private final Duration shortest;
  private final Map<String, Due> followed = new HashMap<>();
  private final Set<String> missing = new HashSet<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>((one, other) -> Long.signum(one.at() - other.at()));

  private record Due(FollowedMessage message, long at) {}

  /**
   * @param most how many there may be
   * @param shortest shortest time between two looks at a message
   */
  FollowedMessages(int most, Duration shortest) {
    this.most = most;
    this.shortest = shortest;
  }

  /** The list shows a message; returns whether it is followed, and follows it on if so. */
  boolean shown(String id) {
    missing.remove(id);
    return followed.containsKey(id);
  }

  /** A message that is followed was not there when it was looked at. */
  void missed(String id) {
    missing.add(id);
  }

  /** Whether a message was not there when it was looked at, and was not {@link #shown} since. */
  boolean isMissing(String id) {
    return missing.contains(id);
  }

  /**
   * Follows a message, or follows it on.
   *
   * @param at when to look at it, in nanoseconds
   */
  void follow(FollowedMessage message, long at) {
    Due due = new Due(message, at);
    followed.put(message.id(), due);
    queue.add(due);
  }

  /** A message was looked at: it is due again later. */
  void lookedAt(FollowedMessage message, Duration age, long now) {
    follow(message, now + interval(age).toNanos());
  }

  private Duration interval(Duration age) {
    Duration interval = age.dividedBy(SHARE_OF_AGE);
    if (interval.compareTo(LONGEST) > 0) {
      interval = LONGEST;
    }
    return interval.compareTo(shortest) < 0 ? shortest : interval;
  }

  /** Takes out the message that has been due longest, if one is. */
  Optional<FollowedMessage> nextDue(long now) {
    Due next = queue.peek();
    while (next != null && !isCurrent(next)) {
      queue.remove();
      next = queue.peek();
    }
    if (next == null || next.at() - now > 0) {
      return Optional.empty();
    }
    queue.remove();
    return Optional.of(next.message());
  }

  private boolean isCurrent(Due due) {
    return due.equals(followed.get(due.message().id()));
  }

  /** When the next message is due, in nanoseconds; empty when there is none. */
  Optional<Long> nextAt() {
    return Optional.ofNullable(queue.peek()).map(Due::at);
  }

  /** Follows a message no longer. */
  void forget(String id) {
    followed.remove(id);
    missing.remove(id);
  }

  /**
   * Forgets the oldest when there are too many, and a few more, so that this is not needed for
   * every message; returns how many.
   */
  int makeRoom() {
    if (followed.size() <= most) {
      return 0;
    }
    List<String> oldest =
        followed.values().stream()
            .map(Due::message)
            .sorted(Comparator.comparingLong(FollowedMessage::agesFrom))
            .limit(followed.size() - (int) (most * ROOM_AFTER_FORGETTING))
            .map(FollowedMessage::id)
            .toList();
    oldest.forEach(this::forget);
    queue.removeIf(due -> !isCurrent(due));
    return oldest.size();
  }
}
