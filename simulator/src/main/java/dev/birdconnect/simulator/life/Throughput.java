package dev.birdconnect.simulator.life;

import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What a platform takes in each second. What it does not take at once is tried again up to ten
 * times, at growing intervals (API reference, rates: accepted requests are buffered, with up to 10
 * delayed tries). Safe for use by several threads.
 */
public final class Throughput {
  private static final int DELAYED_TRIES = 10;
  private static final long FIRST_DELAY_MILLIS = 1000;
  private static final long LONGEST_DELAY_MILLIS = 60_000;
  private static final long MILLIS_PER_SECOND = 1000;
  private static final long KEPT_SECONDS = 3600;

  private final TreeMap<Long, Integer> takenBySecond = new TreeMap<>();

  /** No message taken yet. */
  public Throughput() {}

  /**
   * Finds the moment for one message and takes its place there.
   *
   * @param perSecond what the platform takes
   * @param dueMillis when the message is to be handed over, in milliseconds since 1970
   * @param luck varies the intervals; equal luck, equal intervals
   */
  public synchronized Handover handOver(int perSecond, long dueMillis, long luck) {
    SplittableRandom random = new SplittableRandom(luck);
    long at = dueMillis;
    long delay = FIRST_DELAY_MILLIS;
    if (take(perSecond, at)) {
      return new Handover.InTime();
    }
    for (int attempt = 0; attempt < DELAYED_TRIES; attempt++) {
      at += Math.round(delay * (0.5 + random.nextDouble()));
      delay = Math.min(LONGEST_DELAY_MILLIS, 2 * delay);
      if (take(perSecond, at)) {
        return new Handover.Later(at);
      }
    }
    return new Handover.GivenUp(at);
  }

  private boolean take(int perSecond, long millis) {
    long second = Math.floorDiv(millis, MILLIS_PER_SECOND);
    int taken = takenBySecond.getOrDefault(second, 0);
    if (taken >= perSecond) {
      return false;
    }
    takenBySecond.put(second, taken + 1);
    takenBySecond.headMap(second - KEPT_SECONDS).clear();
    return true;
  }
}
