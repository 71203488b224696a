package dev.birdconnect.benchmarks;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What is measured, and what it has to reach.
 *
 * @param latencyMillis latency of every answer
 * @param inFlight requests in flight: of the raw client, and of each task
 * @param tasks tasks of the sink
 * @param wantedRatio the least ratio of the sink's rate to the raw client's
 * @param mostCpu the most seconds of processor time of the worker for a thousand records
 */
record SpeedScenario(
    int latencyMillis,
    int inFlight,
    int tasks,
    OptionalDouble wantedRatio,
    OptionalDouble mostCpu) {

  private static final OptionalDouble MOST_CPU = OptionalDouble.of(0.25);

  /** What the sink is held to. */
  static final List<SpeedScenario> SUITE =
      List.of(
          of(100, 256, 1, 0.95, OptionalDouble.empty()),
          of(20, 64, 1, 0.95, OptionalDouble.empty()),
          of(20, 256, 1, 0.75, OptionalDouble.empty()),
          of(0, 256, 1, 0.7, MOST_CPU),
          of(0, 256, 4, 1.3, MOST_CPU));

  private static SpeedScenario of(
      int latencyMillis, int inFlight, int tasks, double wantedRatio, OptionalDouble mostCpu) {
    return new SpeedScenario(
        latencyMillis, inFlight, tasks, OptionalDouble.of(wantedRatio), mostCpu);
  }

  /** The one of the suite with these settings; without any wish where there is none. */
  static SpeedScenario of(int latencyMillis, int inFlight, int tasks) {
    return SUITE.stream()
        .filter(
            one ->
                one.latencyMillis() == latencyMillis
                    && one.inFlight() == inFlight
                    && one.tasks() == tasks)
        .findFirst()
        .orElseGet(
            () ->
                new SpeedScenario(
                    latencyMillis,
                    inFlight,
                    tasks,
                    OptionalDouble.empty(),
                    OptionalDouble.empty()));
  }

  String name() {
    return latencyMillis
        + " ms, "
        + inFlight
        + " in flight, "
        + tasks
        + (tasks == 1 ? " task" : " tasks");
  }

  /** Whether these rounds reach what is wanted. */
  boolean passed(SpeedRounds rounds) {
    return rounds.ratio() >= wantedRatio.orElse(0)
        && rounds.sinkCpu() <= mostCpu.orElse(Double.MAX_VALUE);
  }
}
