package dev.birdconnect.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of a program that compares a worker's connector with a raw client. */
final class WorkerOptions {

  @Option(names = "--heap", description = "heap of worker and raw client, ${DEFAULT-VALUE}")
  private String heap;

  @Option(
      names = "--java-option",
      description = "further option of the JVMs of worker and raw client; may be repeated")
  private List<String> javaOptions = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "<setting>=<value>",
      description = "further setting of the connector; may be repeated")
  private Map<String, String> settings = new HashMap<>();

  /**
   * @param heap the heap where none is asked for
   */
  WorkerOptions(String heap) {
    this.heap = heap;
  }

  /** Options of the JVMs of worker and raw client. */
  List<String> java() {
    List<String> all = new ArrayList<>(List.of("-Xmx" + heap));
    all.addAll(javaOptions);
    return all;
  }

  /** Further settings of the connector. */
  Map<String, String> connector() {
    return settings;
  }
}
