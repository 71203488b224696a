package dev.birdconnect.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Times that differ from request to request, by percentiles: straight lines between the points.
 *
 * @param points in order, from the share 0 to the share 1
 */
public record Quantiles(List<Point> points) {
  /**
   * One point.
   *
   * @param share share of requests, 0 to 1, whose time is not longer
   * @param time the time
   */
  public record Point(double share, Duration time) {}

  /** Refuses times below zero and points that go back. */
  public Quantiles {
    points = List.copyOf(points);
    Point before = new Point(0, Duration.ZERO);
    for (Point point : points) {
      if (point.share() < before.share() || point.time().compareTo(before.time()) < 0) {
        throw new IllegalArgumentException(
            "A fault's times must not be negative, and a higher percentile not shorter than a lower"
                + " one.");
      }
      before = point;
    }
    if (points.isEmpty() || points.get(0).share() != 0 || before.share() != 1) {
      throw new IllegalArgumentException("A fault's percentiles must be from 0 to 100.");
    }
  }

  /** Always this time. */
  public static Quantiles fixed(Duration time) {
    return range(time, time);
  }

  /** Evenly drawn from a range. */
  public static Quantiles range(Duration atLeast, Duration atMost) {
    return new Quantiles(List.of(new Point(0, atLeast), new Point(1, atMost)));
  }

  /**
   * By percentiles such as {@code 50}, {@code 95} and {@code 99}. Below the lowest one times begin
   * at zero; above the highest one they stay at its time.
   */
  public static Quantiles percentiles(Map<Double, Duration> percentiles) {
    List<Point> points = new ArrayList<>();
    new TreeMap<>(percentiles).forEach((p, time) -> points.add(new Point(p / 100, time)));
    if (points.isEmpty()) {
      throw new IllegalArgumentException("A latency by percentiles needs at least one of them.");
    }
    if (points.get(0).share() > 0) {
      points.add(0, new Point(0, Duration.ZERO));
    }
    Point last = points.get(points.size() - 1);
    if (last.share() < 1) {
      points.add(new Point(1, last.time()));
    }
    return new Quantiles(points);
  }

  /** The time of a request whose draw is this number, 0 to 1. */
  Duration at(double draw) {
    for (int i = 1; i < points.size(); i++) {
      Point low = points.get(i - 1);
      Point high = points.get(i);
      if (draw <= high.share()) {
        double width = high.share() - low.share();
        double part = width == 0 ? 1 : (draw - low.share()) / width;
        long nanos = high.time().toNanos() - low.time().toNanos();
        return low.time().plusNanos(Math.round(part * nanos));
      }
    }
    return points.get(points.size() - 1).time();
  }
}
