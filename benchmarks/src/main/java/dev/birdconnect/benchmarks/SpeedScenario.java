package dev.birdconnect.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is measured, and what it has to reach.
 *
 * @param sends what is sent, and how
 * @param latencyMillis latency of every answer
 * @param inFlight requests in flight: of the raw client, and of each task
 * @param tasks tasks of the sink
 * @param wanted what it has to reach
 */
record SpeedScenario(Sends sends, int latencyMillis, int inFlight, int tasks, Wanted wanted) {

  /** What is sent, and how. */
  enum Sends {
    /** Each by itself; rounds as long as they have to be. */
    SINGLE(1, Load.KEYS),
    /** In batches; the reads are those that the API allows a workspace. */
    BATCHES(100, 50_000);

    private static final int RECORDS_WITH_BATCHES = 500_000;

    private final int ofRequest;
    private final int keys;

    Sends(int ofRequest, int keys) {
      this.ofRequest = ofRequest;
      this.keys = keys;
    }

    /** Most sends of a request. */
    int ofRequest() {
      return ofRequest;
    }

    int keys() {
      return keys;
    }

    /** Settings of the connector. */
    Map<String, String> settings() {
      return this == BATCHES
          ? Map.of(
              "send.mode",
              "batch",
              "batch.result.timeout.ms",
              "5000",
              "bird.rate.get.per.second",
              "50")
          : Map.of();
    }

    /**
     * Records of a round of the sink.
     *
     * @param longEnough how many it takes to measure for as long as asked
     */
    int records(int longEnough) {
      return this == BATCHES ? RECORDS_WITH_BATCHES : longEnough;
    }
  }

  /**
   * What is to be reached.
   *
   * @param ratio the least ratio of the sink's rate to the raw client's
   * @param perSecond the least rate of the sink
   * @param mostCpu the most seconds of processor time of the worker for a thousand records
   */
  record Wanted(OptionalDouble ratio, OptionalDouble perSecond, OptionalDouble mostCpu) {

    private static final Wanted NOTHING =
        new Wanted(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    private static Wanted ratio(double ratio) {
      return new Wanted(OptionalDouble.of(ratio), OptionalDouble.empty(), OptionalDouble.empty());
    }

    private static Wanted perSecond(double rate) {
      return new Wanted(OptionalDouble.empty(), OptionalDouble.of(rate), OptionalDouble.empty());
    }

    private Wanted mostCpu(double seconds) {
      return new Wanted(ratio, perSecond, OptionalDouble.of(seconds));
    }
  }

  private static final double MOST_CPU = 0.25;

  /**
   * A plain use of the HTTP client, in requests a second without latency and with 256 in flight.
   * {@link RawClient} fills two cores by itself, so that no process that does more than it can go
   * beyond it there. Four tasks have as many in flight together.
   */
  private static final double PLAIN_CLIENT = 7_800;

  /** What the sink is held to. */
  static final List<SpeedScenario> SUITE =
      List.of(
          new SpeedScenario(Sends.SINGLE, 100, 256, 1, Wanted.ratio(0.95)),
          new SpeedScenario(Sends.SINGLE, 20, 64, 1, Wanted.ratio(0.95)),
          new SpeedScenario(Sends.SINGLE, 20, 256, 1, Wanted.ratio(0.75)),
          new SpeedScenario(Sends.SINGLE, 0, 256, 1, Wanted.ratio(0.7).mostCpu(MOST_CPU)),
          new SpeedScenario(Sends.SINGLE, 20, 64, 4, Wanted.ratio(1.3)),
          new SpeedScenario(
              Sends.SINGLE, 0, 64, 4, Wanted.perSecond(1.3 * PLAIN_CLIENT).mostCpu(MOST_CPU)),
          new SpeedScenario(Sends.BATCHES, 100, 64, 1, Wanted.perSecond(20_000)));

  /** The one of the suite with these settings; without any wish where there is none. */
  static SpeedScenario of(Sends sends, int latencyMillis, int inFlight, int tasks) {
    return SUITE.stream()
        .filter(
            one ->
                one.sends() == sends
                    && one.latencyMillis() == latencyMillis
                    && one.inFlight() == inFlight
                    && one.tasks() == tasks)
        .findFirst()
        .orElseGet(() -> new SpeedScenario(sends, latencyMillis, inFlight, tasks, Wanted.NOTHING));
  }

  String name() {
    return latencyMillis
        + " ms, "
        + inFlight
        + (sends == Sends.BATCHES ? " batches" : "")
        + " in flight, "
        + tasks
        + (tasks == 1 ? " task" : " tasks");
  }

  /** Whether these rounds reach what is wanted. */
  boolean passed(SpeedRounds rounds) {
    return rounds.ratio() >= wanted.ratio().orElse(0)
        && rounds.sinkPerSecond() >= wanted.perSecond().orElse(0)
        && rounds.sinkCpu() <= wanted.mostCpu().orElse(Double.MAX_VALUE);
  }
}
