package dev.birdconnect.benchmarks;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.OptionalDouble;

/** The results as a table in Markdown. */
final class SpeedTable {

  static final String HEAD =
      """
      | scenario | raw client /s | sink /s | at least | ratio | lowest to highest | at least \
      | CPU s per 1,000: raw client | worker | at most | counted, s | |
      |---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private SpeedTable() {}

  static String row(SpeedScenario scenario, SpeedRounds rounds) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | %s | %.2f | %.2f to %.2f | %s | %.3f | %.3f | %s | %.0f | %s |%n",
        scenario.name(),
        rounds.rawPerSecond(),
        rounds.sinkPerSecond(),
        shown(scenario.wanted().perSecond()),
        rounds.ratio(),
        rounds.lowestRatio(),
        rounds.highestRatio(),
        shown(scenario.wanted().ratio()),
        rounds.rawCpu(),
        rounds.sinkCpu(),
        shown(scenario.wanted().mostCpu()),
        rounds.shortest().toMillis() / 1e3,
        scenario.passed(rounds) ? "passed" : "FAILED");
  }

  private static String shown(OptionalDouble wish) {
    return wish.isPresent()
        ? new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(wish.getAsDouble())
        : "";
  }
}
