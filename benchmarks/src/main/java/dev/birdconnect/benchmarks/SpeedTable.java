package dev.birdconnect.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/** The results as a table in Markdown. */
final class SpeedTable {

  static final String HEAD =
      """
      | scenario | raw client /s | sink /s | ratio | lowest to highest | wanted \
      | CPU s per 1,000: raw client | worker | at most | counted, s | |
      |---|---|---|---|---|---|---|---|---|---|---|
      """;

  private SpeedTable() {}

  static String row(SpeedScenario scenario, SpeedRounds rounds) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | %.2f | %.2f to %.2f | %s | %.3f | %.3f | %s | %.0f | %s |%n",
        scenario.name(),
        rounds.rawPerSecond(),
        rounds.sinkPerSecond(),
        rounds.ratio(),
        rounds.lowestRatio(),
        rounds.highestRatio(),
        shown(scenario.wantedRatio()),
        rounds.rawCpu(),
        rounds.sinkCpu(),
        shown(scenario.mostCpu()),
        rounds.shortest().toMillis() / 1e3,
        scenario.passed(rounds) ? "passed" : "FAILED");
  }

  private static String shown(OptionalDouble wish) {
    return wish.isPresent() ? Double.toString(wish.getAsDouble()) : "";
  }
}
