package dev.birdconnect.client.rate;

import java.util.ArrayDeque;
import java.util.Deque;

/** The permits of the last second, for a limit that holds in any second. */
final class LastSecond {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Deque<Long> grants = new ArrayDeque<>();

  /** A permit is given out. */
  void granted(long now) {
    grants.addLast(now);
  }

  /** The permit given out last was not used. */
  void givenBack() {
    grants.pollLast();
  }

  /**
   * How long until there is room for one more.
   *
   * @param most permits of a second
   * @return nanoseconds; 0 when there is room
   */
  long untilRoom(long most, long now) {
    while (!grants.isEmpty() && now - grants.peekFirst() >= SECOND_NANOS) {
      grants.removeFirst();
    }
    if (grants.size() < most) {
      return 0;
    }
    return grants.peekFirst() + SECOND_NANOS - now;
  }
}
