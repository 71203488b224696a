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
 * The heap that a task of the packaged source needs: what is alive in the worker while it reads a
 * channel, less what is alive in it without a connector.
 */
@Command(
    name = "source-memory",
    mixinStandardHelpOptions = true,
    description = "Measures the heap that the source's task needs, by the size of the channel.")
public final class SourceMemory implements Callable<Integer> {

  private static final double MOST_MEGABYTES = 128;
  private static final double FLAT_MEGABYTES = 16;
  private static final int MILLION = 1_000_000;

  /**
   * A channel to read.
   *
   * @param messages of its list
   * @param status of each of them
   */
  private record Step(int messages, String status) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(10_000, "delivered"),
          new Step(200_000, "delivered"),
          new Step(2 * MILLION, "delivered"));

  /** Both more than the 40,000 that offsets and memory hold. */
  private static final List<Step> OPEN_STEPS =
      List.of(new Step(50_000, "sent"), new Step(200_000, "sent"));

  @Option(names = "--open-only", description = "measure the channels of open messages only")
  private boolean openOnly;

  @Option(names = "--seconds-apart", description = "time between two looks, ${DEFAULT-VALUE}")
  private int secondsApart = 2;

  @Option(
      names = "--seconds-after",
      description = "time to go on looking when all is read, ${DEFAULT-VALUE}")
  private int secondsAfter = 20;

  @Option(names = "--heap", description = "heap of the worker, ${DEFAULT-VALUE}")
  private String heap = "384m";

  @Option(
      names = "--plugin-path",
      description = "folder that holds the source's plugin folder, ${DEFAULT-VALUE}")
  private Path pluginPath = Path.of("source-connector", "target", "plugin-path");

  private SourceMemory() {}

  /** Runs the program; its exit code is not 0 when the heap is larger than wanted, or grows. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SourceMemory()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    int port = HeapProbe.port();
    List<String> options = new ArrayList<>(HeapProbe.options(port));
    options.add("-Xmx" + heap);
    List<Double> closed = new ArrayList<>();
    List<Double> open = new ArrayList<>();
    try (Cluster cluster = Cluster.start(List.of(pluginPath), options);
        HeapProbe probe = HeapProbe.of(port)) {
      double idle = probe.aliveMegabytes();
      print("without a connector: %.1f MB alive%n%n", idle);
      print("| messages | status | emitted | MB of the task, most | least | looks |%n");
      print("|---|---|---|---|---|---|%n");
      for (Step step : openOnly ? List.<Step>of() : STEPS) {
        closed.add(measure(step, cluster, probe, idle));
      }
      for (Step step : OPEN_STEPS) {
        open.add(measure(step, cluster, probe, idle));
      }
      print("%nwithout a connector, afterwards: %.1f MB alive%n", probe.aliveMegabytes());
    }
    double most = Math.max(most(closed), most(open));
    boolean small = most < MOST_MEGABYTES;
    boolean flat = isFlat(closed) && isFlat(open);
    print("at most %.0f MB: %s%n", MOST_MEGABYTES, small ? "passed" : "FAILED");
    print(
        "none more than %.0f MB above the smallest channel of its status: %s%n",
        FLAT_MEGABYTES, flat ? "passed" : "FAILED");
    return small && flat ? 0 : 1;
  }

  private static boolean isFlat(List<Double> steps) {
    return steps.isEmpty() || most(steps) - steps.get(0) <= FLAT_MEGABYTES;
  }

  private double measure(Step step, Cluster cluster, HeapProbe probe, double idle)
      throws Exception {
    String name = step.status() + "-" + step.messages();
    SourceTopics topics = new SourceTopics(cluster, 1);
    List<Double> looks = new ArrayList<>();
    try (ListServer server = ListServer.start(step.messages(), step.status(), 0)) {
      cluster.deploy(name, topics.settings(server.url(), name));
      MiddlePart.await(() -> topics.messages(name), 1);
      for (int after = 0; after < secondsAfter; ) {
        TimeUnit.SECONDS.sleep(secondsApart);
        looks.add(probe.aliveMegabytes() - idle);
        after += topics.messages(name) >= step.messages() ? secondsApart : 0;
      }
      print(
          "| %,d | %s | %,d | %.1f | %.1f | %d |%n",
          step.messages(),
          step.status(),
          topics.messages(name),
          most(looks),
          looks.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
          looks.size());
      cluster.remove(name, 1);
    }
    topics.drop(name);
    return most(looks);
  }

  private static double most(List<Double> figures) {
    return figures.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
