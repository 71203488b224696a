package dev.birdconnect.benchmarks;

import java.util.stream.DoubleStream;

/** The middle of figures. */
final class Median {

  private Median() {}

  /** Not a number where there are none. */
  static double of(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
