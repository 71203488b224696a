package dev.birdconnect.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What rounds have given, raw client and sink in turn, the raw client first and last. A round of
 * the sink is compared with the mean of the raw client's before and after it, so that a machine
 * that slows down for a minute slows both sides of a ratio; the median leaves out what hit one side
 * only.
 */
final class SpeedRounds {

  private final List<MiddlePart> raw = new ArrayList<>();
  private final List<MiddlePart> sink = new ArrayList<>();

  void raw(MiddlePart part) {
    raw.add(part);
  }

  void sink(MiddlePart part) {
    sink.add(part);
  }

  double rawPerSecond() {
    return median(raw, MiddlePart::perSecond);
  }

  double sinkPerSecond() {
    return median(sink, MiddlePart::perSecond);
  }

  /** Seconds of processor time of the raw client for a thousand requests. */
  double rawCpu() {
    return median(raw, MiddlePart::cpuSecondsPerThousand);
  }

  /** Seconds of processor time of the worker for a thousand records. */
  double sinkCpu() {
    return median(sink, MiddlePart::cpuSecondsPerThousand);
  }

  /** The sink's rate as a part of the raw client's. */
  double ratio() {
    return Median.of(ratios());
  }

  double lowestRatio() {
    return ratios().min().orElse(Double.NaN);
  }

  double highestRatio() {
    return ratios().max().orElse(Double.NaN);
  }

  /** The shortest time that was counted. */
  Duration shortest() {
    return Stream.concat(raw.stream(), sink.stream())
        .map(MiddlePart::time)
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private DoubleStream ratios() {
    if (raw.size() != sink.size() + 1) {
      throw new IllegalStateException("The raw client is measured before and after the sink.");
    }
    return IntStream.range(0, sink.size())
        .mapToDouble(
            i ->
                sink.get(i).perSecond()
                    / ((raw.get(i).perSecond() + raw.get(i + 1).perSecond()) / 2));
  }

  private static double median(List<MiddlePart> parts, ToDoubleFunction<MiddlePart> figure) {
    return Median.of(parts.stream().mapToDouble(figure));
  }
}
