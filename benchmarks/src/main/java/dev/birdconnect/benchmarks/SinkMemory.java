package dev.birdconnect.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The heap that a task of the packaged sink needs: what is alive in the worker while it sends, less
 * what is alive in it without a connector.
 */
@Command(
    name = "sink-memory",
    mixinStandardHelpOptions = true,
    description = "Measures the heap that the sink's task needs, by the size of the backlog.")
public final class SinkMemory implements Callable<Integer> {

  private static final double MOST_MEGABYTES = 128;
  private static final double FLAT_MEGABYTES = 16;
  private static final int MILLION = 1_000_000;

  /**
   * A backlog to work on.
   *
   * @param latencyMillis latency of every answer: high, so that all places in flight and all queues
   *     stay full, or none, so that much passes through
   */
  private record Step(int records, int keys, int latencyMillis) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(10_000, Load.KEYS, 1000),
          new Step(200_000, Load.KEYS, 1000),
          new Step(2 * MILLION, Load.KEYS, 1000),
          new Step(2 * MILLION, Load.KEYS, 0),
          new Step(MILLION, MILLION, 0));

  @Option(names = "--in-flight", description = "requests in flight, ${DEFAULT-VALUE}")
  private int inFlight = 256;

  @Option(names = "--seconds", description = "time to look at each backlog, ${DEFAULT-VALUE}")
  private int seconds = 30;

  @Option(names = "--seconds-apart", description = "time between two looks, ${DEFAULT-VALUE}")
  private int secondsApart = 2;

  @Option(names = "--heap", description = "heap of the worker, ${DEFAULT-VALUE}")
  private String heap = "256m";

  @Option(
      names = "--plugin-path",
      description = "folder that holds the sink's plugin folder, ${DEFAULT-VALUE}")
  private Path pluginPath = Path.of("sink-connector", "target", "plugin-path");

  private SinkMemory() {}

  /** Runs the program; its exit code is not 0 when the heap is larger than wanted, or grows. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SinkMemory()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    int port = HeapProbe.port();
    List<String> options = new ArrayList<>(HeapProbe.options(port));
    options.add("-Xmx" + heap);
    List<Double> needed = new ArrayList<>();
    try (Cluster cluster = Cluster.start(List.of(pluginPath), options);
        HeapProbe probe = HeapProbe.of(port)) {
      double idle = probe.aliveMegabytes();
      print("without a connector: %.1f MB alive%n%n", idle);
      print("| backlog | keys | latency, ms | answered | MB of the task, most | least | looks |%n");
      print("|---|---|---|---|---|---|---|%n");
      for (Step step : STEPS) {
        needed.add(measure(step, cluster, probe, idle));
      }
      print("%nwithout a connector, afterwards: %.1f MB alive%n", probe.aliveMegabytes());
    }
    double most = needed.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    boolean small = most < MOST_MEGABYTES;
    boolean flat = most - needed.get(0) <= FLAT_MEGABYTES;
    print("at most %.0f MB: %s%n", MOST_MEGABYTES, small ? "passed" : "FAILED");
    print(
        "none more than %.0f MB above the smallest backlog: %s%n",
        FLAT_MEGABYTES, flat ? "passed" : "FAILED");
    return small && flat ? 0 : 1;
  }

  private double measure(Step step, Cluster cluster, HeapProbe probe, double idle)
      throws Exception {
    String topic = "load-" + step.records() + "-" + step.keys() + "-" + step.latencyMillis();
    new SinkLoad(cluster).produce(topic, step.records(), step.keys());
    List<Double> looks = new ArrayList<>();
    try (Responder responder = Responder.start(step.latencyMillis())) {
      cluster.deploy(
          topic,
          SinkLoad.sink(
              topic, responder.url(), Responder.WORKSPACE, Responder.CHANNEL, 1, inFlight));
      MiddlePart.await(responder::count, 1);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      do {
        TimeUnit.SECONDS.sleep(secondsApart);
        looks.add(probe.aliveMegabytes() - idle);
      } while (System.nanoTime() < end && responder.count() < step.records());
      print(
          "| %,d | %,d | %d | %,d | %.1f | %.1f | %d |%n",
          step.records(),
          step.keys(),
          step.latencyMillis(),
          responder.count(),
          looks.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
          looks.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
          looks.size());
      cluster.remove(topic, 1);
    }
    cluster.drop(List.of(topic));
    return looks.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
