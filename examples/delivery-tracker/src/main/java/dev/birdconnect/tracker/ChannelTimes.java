package dev.birdconnect.tracker;

import org.HdrHistogram.Histogram;

/**
 * The times from order to delivery of a channel, on the topic of channels. Percentiles are exact to
 * one per cent.
 *
 * @param channelId the channel's id
 * @param delivered orders that were delivered
 * @param meanMillis mean time from order to delivery
 * @param p50Millis half of the orders took no longer
 * @param p95Millis nor did 95 of 100
 * @param longestMillis the longest time
 */
record ChannelTimes(
    String channelId,
    long delivered,
    long meanMillis,
    long p50Millis,
    long p95Millis,
    long longestMillis) {

  private static final int DIGITS = 2;
  private static final double HALF = 50;
  private static final double NEARLY_ALL = 95;

  /** The times of a channel without deliveries, in milliseconds. */
  static Histogram none() {
    return new Histogram(DIGITS);
  }

  static ChannelTimes of(String channelId, Histogram times) {
    return new ChannelTimes(
        channelId,
        times.getTotalCount(),
        Math.round(times.getMean()),
        times.getValueAtPercentile(HALF),
        times.getValueAtPercentile(NEARLY_ALL),
        times.getMaxValue());
  }
}
