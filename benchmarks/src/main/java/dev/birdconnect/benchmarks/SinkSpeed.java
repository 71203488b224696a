package dev.birdconnect.benchmarks;

import dev.birdconnect.benchmarks.HttpLoad.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends per second of the packaged sink, in turn with the raw client on the same server. */
@Command(
    name = "sink-speed",
    mixinStandardHelpOptions = true,
    description = "Measures the sink next to the raw HTTP client on the same server.")
public final class SinkSpeed implements Callable<Integer> {

  private static final double LEAST_OF_THE_SERVER = 20_000;
  private static final Target SENDS = new Target("POST", Responder.MESSAGES, 64);

  @Option(names = "--suite", description = "measure all that the sink is held to")
  private boolean suite;

  @Option(names = "--latency-ms", description = "latency of every answer, ${DEFAULT-VALUE} ms")
  private int latencyMillis;

  @Option(
      names = "--batches",
      description = "send in batches: 500,000 records with 50,000 keys a round")
  private boolean batches;

  @Option(
      names = "--in-flight",
      description = "requests in flight, also of each task, ${DEFAULT-VALUE}")
  private int inFlight = 256;

  @Option(names = "--tasks", description = "tasks of the sink, ${DEFAULT-VALUE}")
  private int tasks = 1;

  @Option(
      names = "--seconds",
      description = "least time that is counted of a round, ${DEFAULT-VALUE}")
  private int seconds = 30;

  @Option(names = "--rounds", description = "rounds of the sink, ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Mixin private WorkerOptions options = new WorkerOptions("512m");

  @Option(
      names = "--plugin-path",
      description = "folder that holds the sink's plugin folder, ${DEFAULT-VALUE}")
  private Path pluginPath = Path.of("sink-connector", "target", "plugin-path");

  private SinkSpeed() {}

  /** Runs the program; its exit code is not 0 when something failed or is slower than wanted. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SinkSpeed()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    SpeedMeasurement.Way way =
        new SpeedMeasurement.Way(seconds, rounds, pluginPath, options.java(), options.connector());
    boolean passed = true;
    StringBuilder table = new StringBuilder(SpeedTable.HEAD);
    String server = server();
    for (SpeedScenario scenario : suite ? SpeedScenario.SUITE : List.of(scenario())) {
      SpeedRounds results = SpeedMeasurement.of(scenario, way);
      table.append(SpeedTable.row(scenario, results));
      passed &= scenario.passed(results);
    }
    System.out.printf("%n%s%n%n%s", server, table);
    return passed ? 0 : 1;
  }

  private SpeedScenario scenario() {
    SpeedScenario.Sends sends = batches ? SpeedScenario.Sends.BATCHES : SpeedScenario.Sends.SINGLE;
    return SpeedScenario.of(sends, latencyMillis, inFlight, tasks);
  }

  /** How fast the server is without any client of ours. */
  private String server() throws Exception {
    Path folder = Files.createTempDirectory("sink-speed-");
    Optional<HttpLoad> wrk = WrkLoad.find(folder);
    if (wrk.isEmpty()) {
      return "wrk is not on the path, so how fast the server is was not measured.";
    }
    try (Responder responder = Responder.start(0)) {
      double warmUp = wrk.get().perSecond(responder.url(), SENDS, seconds / 2);
      double rate = wrk.get().perSecond(responder.url(), SENDS, seconds / 2);
      return String.format(
          Locale.ROOT,
          "wrk drives the server at %,.0f sends a second without latency (wanted: %,.0f): %s.",
          Math.max(rate, warmUp),
          LEAST_OF_THE_SERVER,
          Math.max(rate, warmUp) >= LEAST_OF_THE_SERVER ? "passed" : "FAILED");
    }
  }
}
