package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ListQuery;
import java.util.OptionalLong;

/**
 * How often the list of a channel is swept for results, and how large the first page of a sweep is.
 * With few results one sweep follows the other at half of the reads allowed; when the list grows by
 * nearly a page in the time that a sweep takes, the next one begins while the one before is under
 * way, so that every page is full of news.
 */
final class SweepPace {

  static final int MOST_UNDER_WAY = 8;

  private static final double NANOS = 1e9;
  private static final double FILL = 0.85;
  private static final double LONGEST_NANOS = 1e15;
  private static final double SPARE = 1.3;
  private static final int LEAST_PAGE = 100;
  private static final double WEIGHT_OF_NEWEST = 0.3;

  private final double requestNanos;
  private double newsPerNano;
  private OptionalLong begunAt = OptionalLong.empty();

  /**
   * @param getPerSecond reads allowed per second
   */
  SweepPace(double getPerSecond) {
    this.requestNanos = NANOS / getPerSecond;
  }

  /**
   * When the next sweep may begin, by the clock's nanoseconds; empty for not before one ends.
   *
   * @param underWay how many sweeps are under way
   */
  OptionalLong next(int underWay, long now) {
    if (begunAt.isEmpty()) {
      return OptionalLong.of(now);
    }
    double filled = newsPerNano == 0 ? Double.MAX_VALUE : FILL * ListQuery.MAX_LIMIT / newsPerNano;
    if (underWay == 0) {
      double wait = Math.min(2 * requestNanos, Math.max(requestNanos, filled));
      return OptionalLong.of(begunAt.getAsLong() + (long) wait);
    }
    return underWay < MOST_UNDER_WAY && filled < LONGEST_NANOS
        ? OptionalLong.of(begunAt.getAsLong() + (long) Math.max(requestNanos, filled))
        : OptionalLong.empty();
  }

  /**
   * Notes that a sweep begins.
   *
   * @param open how many sends are to be seen
   * @return how many messages its first page should have
   */
  int begin(int open, long now) {
    double news = begunAt.isEmpty() ? 0 : newsPerNano * (now - begunAt.getAsLong());
    begunAt = OptionalLong.of(now);
    double wanted = SPARE * Math.max(open, news) + LEAST_PAGE;
    return (int) Math.min(ListQuery.MAX_LIMIT, wanted);
  }

  /**
   * Notes what a sweep has seen that the one before it had not.
   *
   * @param news how many messages
   * @param nanos how long after the one before it began
   */
  void swept(int news, long nanos) {
    if (nanos > 0) {
      newsPerNano += WEIGHT_OF_NEWEST * ((double) news / nanos - newsPerNano);
    }
  }
}
