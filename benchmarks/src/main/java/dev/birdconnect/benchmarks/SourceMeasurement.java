package dev.birdconnect.benchmarks;

import dev.birdconnect.quickstart.cluster.SchemaRegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures one scenario: raw reader, source and records from memory in turn, on one server. */
final class SourceMeasurement implements AutoCloseable {

  /** How records are written. */
  enum Format {
    JSON,
    AVRO
  }

  /**
   * What is measured.
   *
   * @param messages of the list
   * @param latencyMillis latency of every answer
   * @param format how records are written
   * @param partitions of each topic
   */
  record Scenario(int messages, int latencyMillis, Format format, int partitions) {
    String name() {
      return String.format(
          Locale.ROOT,
          "%,d messages, %d ms, %s, %s",
          messages,
          latencyMillis,
          format,
          partitions == 1 ? "1 partition" : partitions + " partitions");
    }
  }

  /**
   * How to measure.
   *
   * @param pluginPath folder that holds the source's plugin folder
   * @param avroPluginPath folder that holds the Avro converter's
   * @param registry folder that holds the schema registry's program
   * @param folder for what the measurement needs
   * @param javaOptions options of the JVMs of worker and raw reader
   * @param settings further settings of the connector
   */
  record Way(
      Path pluginPath,
      Path avroPluginPath,
      Path registry,
      Path folder,
      List<String> javaOptions,
      Map<String, String> settings) {}

  /** Messages of which the records are kept in memory, a message and a status each. */
  private static final int KEPT = 2_000;

  private static final int RECORDS_OF_A_MESSAGE = 2;

  private final Scenario scenario;
  private final Way way;
  private final SourceTopics topics;
  private final ListServer server;
  private final RoundsProcess raw;
  private final Cluster cluster;
  private final Optional<SchemaRegistryProcess> registry;
  private int names;

  private SourceMeasurement(
      Scenario scenario,
      Way way,
      ListServer server,
      RoundsProcess raw,
      Cluster cluster,
      Optional<SchemaRegistryProcess> registry) {
    this.scenario = scenario;
    this.way = way;
    this.server = server;
    this.raw = raw;
    this.cluster = cluster;
    this.topics = new SourceTopics(cluster, scenario.partitions());
    this.registry = registry;
  }

  /** Starts server, raw reader and worker of their own. */
  static SourceMeasurement start(Scenario scenario, Way way)
      throws IOException, InterruptedException {
    List<Path> plugins = new ArrayList<>();
    plugins.add(ReplayPlugin.beside(way.pluginPath(), way.folder()));
    Optional<SchemaRegistryProcess> registry = Optional.empty();
    if (scenario.format() == Format.AVRO) {
      plugins.add(way.avroPluginPath());
      registry = Optional.of(SchemaRegistryProcess.start(way.registry(), way.folder()));
    }
    ListServer server =
        ListServer.start(scenario.messages(), "delivered", scenario.latencyMillis());
    RoundsProcess raw =
        RoundsProcess.start(
            RawReader.class, List.of(server.url() + Responder.MESSAGES), way.javaOptions());
    return new SourceMeasurement(
        scenario, way, server, raw, Cluster.start(plugins, way.javaOptions()), registry);
  }

  /** Measures so many rounds, after some that warm up. */
  SourceRounds measure(int warmUps, int rounds) throws Exception {
    for (int i = 0; i < warmUps; i++) {
      var unused = round("warm-up");
    }
    SourceRounds results = new SourceRounds();
    for (int i = 1; i <= rounds; i++) {
      results.add(round("round " + i));
    }
    return results;
  }

  private SourceRounds.Round round(String name) throws Exception {
    return new SourceRounds.Round(
        show(name, "raw reader", ofRaw()),
        show(name, "source", ofConnector(Map.of())),
        show(
            name,
            "from memory",
            ofConnector(
                Map.of(
                    "connector.class",
                    "dev.birdconnect.benchmarks.replay.ReplayConnector",
                    "replay.task.class",
                    "dev.birdconnect.source.BirdSourceTask",
                    "replay.kept",
                    Integer.toString(KEPT * RECORDS_OF_A_MESSAGE),
                    "replay.records",
                    Integer.toString(scenario.messages() * RECORDS_OF_A_MESSAGE)))));
  }

  private MiddlePart ofRaw() throws Exception {
    int from = server.count();
    raw.begin(scenario.messages());
    MiddlePart part = MiddlePart.watch(server::count, raw::cpu, from, scenario.messages());
    raw.end(scenario.messages());
    return part;
  }

  private MiddlePart ofConnector(Map<String, String> further) throws Exception {
    String name = "history-" + names++;
    Map<String, String> settings = topics.settings(server.url(), name);
    settings.putAll(converter());
    settings.putAll(way.settings());
    settings.putAll(further);
    cluster.deploy(name, settings);
    MiddlePart part =
        MiddlePart.watch(() -> topics.messages(name), cluster::workerCpu, 0, scenario.messages());
    topics.awaitWhole(name, scenario.messages());
    cluster.remove(name, 1);
    topics.drop(name);
    return part;
  }

  private Map<String, String> converter() {
    Map<String, String> settings = new HashMap<>();
    registry.ifPresent(
        one -> {
          settings.put(
              "value.converter",
              "org.apache.pulsar.kafka.shade.io.confluent.connect.avro.AvroConverter");
          settings.put("value.converter.schema.registry.url", one.url());
        });
    return settings;
  }

  private MiddlePart show(String round, String who, MiddlePart part) {
    System.out.printf(
        Locale.ROOT,
        "%s   %-8s %-12s %,8.0f/s   %.3f CPU s per 1,000   %,8d counted in %.1f s%n",
        scenario.name(),
        round,
        who,
        part.perSecond(),
        part.cpuSecondsPerThousand(),
        part.count(),
        part.time().toMillis() / 1e3);
    return part;
  }

  @Override
  public void close() throws IOException {
    raw.close();
    cluster.close();
    server.close();
    registry.ifPresent(SchemaRegistryProcess::close);
    try (Stream<Path> files = Files.walk(way.folder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
