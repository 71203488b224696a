package dev.birdconnect.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Messages per second of the packaged source, in turn with a raw reader of the same list and with
 * the framework's own limit.
 */
@Command(
    name = "source-speed",
    mixinStandardHelpOptions = true,
    description =
        "Measures the source next to a raw reader of the list and to a connector that hands out the"
            + " same records from memory.")
public final class SourceSpeed implements Callable<Integer> {

  private static final double LEAST_RATIO = 0.8;

  @Option(names = "--suite", description = "measure all that the source is held to")
  private boolean suite;

  @Option(names = "--latency-ms", description = "latency of every answer, ${DEFAULT-VALUE} ms")
  private int latencyMillis;

  @Option(names = "--converter", description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}")
  private SourceMeasurement.Format format = SourceMeasurement.Format.JSON;

  @Option(names = "--messages", description = "messages of the list, ${DEFAULT-VALUE}")
  private int messages = 200_000;

  @Option(names = "--partitions", description = "of each topic, ${DEFAULT-VALUE}")
  private int partitions = 1;

  @Option(names = "--warm-ups", description = "rounds before them, ${DEFAULT-VALUE}")
  private int warmUps = 2;

  @Option(names = "--rounds", description = "rounds of each, ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Mixin private WorkerOptions options = new WorkerOptions("2g");

  @Option(
      names = "--plugin-path",
      description = "folder that holds the source's plugin folder, ${DEFAULT-VALUE}")
  private Path pluginPath = Path.of("source-connector", "target", "plugin-path");

  @Option(
      names = "--avro-plugin-path",
      description = "folder that holds the Avro converter's plugin folder, ${DEFAULT-VALUE}")
  private Path avroPluginPath = Path.of("system-tests", "target", "avro-plugin-path");

  @Option(
      names = "--registry",
      description = "folder that holds the schema registry's program, ${DEFAULT-VALUE}")
  private Path registry = Path.of("system-tests", "target", "schema-registry");

  private SourceSpeed() {}

  /** Runs the program; its exit code is not 0 when something failed or is slower than wanted. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SourceSpeed()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    StringBuilder table =
        new StringBuilder(
            """
            | scenario | raw reader /s | from memory /s | source /s | ratio to the lower \
            | lowest to highest | at least | CPU s per 1,000: from memory | source | |
            |---|---|---|---|---|---|---|---|---|---|
            """);
    boolean passed = true;
    for (SourceMeasurement.Scenario scenario : scenarios()) {
      SourceRounds results;
      Path folder = Files.createTempDirectory("source-speed-");
      try (SourceMeasurement measurement =
          SourceMeasurement.start(
              scenario,
              new SourceMeasurement.Way(
                  pluginPath,
                  avroPluginPath,
                  registry,
                  folder,
                  options.java(),
                  options.connector()))) {
        results = measurement.measure(warmUps, rounds);
      }
      boolean good = results.ratio() >= LEAST_RATIO;
      passed &= good;
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %,.0f | %,.0f | %.2f | %.2f to %.2f | %.1f | %.3f | %.3f | %s |%n",
              scenario.name(),
              results.rawPerSecond(),
              results.memoryPerSecond(),
              results.sourcePerSecond(),
              results.ratio(),
              results.lowestRatio(),
              results.highestRatio(),
              LEAST_RATIO,
              results.memoryCpu(),
              results.sourceCpu(),
              good ? "passed" : "FAILED"));
    }
    System.out.printf("%n%s", table);
    return passed ? 0 : 1;
  }

  private List<SourceMeasurement.Scenario> scenarios() {
    if (!suite) {
      return List.of(new SourceMeasurement.Scenario(messages, latencyMillis, format, partitions));
    }
    List<SourceMeasurement.Scenario> all = new ArrayList<>();
    for (SourceMeasurement.Format one : SourceMeasurement.Format.values()) {
      for (int latency : List.of(0, 50)) {
        all.add(new SourceMeasurement.Scenario(messages, latency, one, partitions));
      }
    }
    return all;
  }
}
