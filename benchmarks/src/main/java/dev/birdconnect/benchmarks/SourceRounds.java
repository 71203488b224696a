package dev.birdconnect.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** What rounds of the raw reader, of the source and of the records from memory have given. */
final class SourceRounds {

  /**
   * One round, the three right after one another.
   *
   * @param raw of the raw reader
   * @param source of the source
   * @param memory of the connector that hands out records from memory
   */
  record Round(MiddlePart raw, MiddlePart source, MiddlePart memory) {

    /** The source's rate as a part of the lower one of the others. */
    double ratio() {
      return source.perSecond() / Math.min(raw.perSecond(), memory.perSecond());
    }
  }

  private final List<Round> rounds = new ArrayList<>();

  void add(Round round) {
    rounds.add(round);
  }

  double rawPerSecond() {
    return median(round -> round.raw().perSecond());
  }

  double memoryPerSecond() {
    return median(round -> round.memory().perSecond());
  }

  double sourcePerSecond() {
    return median(round -> round.source().perSecond());
  }

  /** Seconds of processor time of the worker for a thousand messages out of memory. */
  double memoryCpu() {
    return median(round -> round.memory().cpuSecondsPerThousand());
  }

  /** Seconds of processor time of the worker for a thousand messages of the source. */
  double sourceCpu() {
    return median(round -> round.source().cpuSecondsPerThousand());
  }

  double ratio() {
    return median(Round::ratio);
  }

  double lowestRatio() {
    return figures(Round::ratio).min().orElse(Double.NaN);
  }

  double highestRatio() {
    return figures(Round::ratio).max().orElse(Double.NaN);
  }

  private double median(ToDoubleFunction<Round> figure) {
    return Median.of(figures(figure));
  }

  private DoubleStream figures(ToDoubleFunction<Round> figure) {
    return rounds.stream().mapToDouble(figure);
  }
}
