package dev.birdconnect.benchmarks;

import dev.birdconnect.benchmarks.SpeedScenario.Sends;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures one scenario: raw client and sink in turn, on one server, each warmed up before. */
final class SpeedMeasurement {

  private static final int FIRST_RECORDS = 20_000;
  private static final int WARM_UP_SECONDS = 15;
  private static final double RESERVE = 1.15;

  private final SpeedScenario scenario;
  private final Cluster cluster;
  private final RoundsProcess raw;
  private final Responder responder;
  private final Map<String, String> settings;
  private int topics;

  private SpeedMeasurement(
      SpeedScenario scenario,
      Cluster cluster,
      RoundsProcess raw,
      Responder responder,
      Map<String, String> settings) {
    this.scenario = scenario;
    this.cluster = cluster;
    this.raw = raw;
    this.responder = responder;
    this.settings = settings;
  }

  /**
   * How to measure.
   *
   * @param seconds least time that is counted of a round
   * @param rounds rounds of the sink
   * @param pluginPath folder that holds the sink's plugin folder
   * @param javaOptions options of the JVMs of worker and raw client
   * @param settings further settings of the connector
   */
  record Way(
      int seconds,
      int rounds,
      Path pluginPath,
      List<String> javaOptions,
      Map<String, String> settings) {}

  /** Starts server, raw client and worker of their own, and measures. */
  static SpeedRounds of(SpeedScenario scenario, Way way) throws Exception {
    try (Responder responder = Responder.start(scenario.latencyMillis());
        RoundsProcess raw =
            RoundsProcess.start(
                RawClient.class,
                List.of(
                    responder.url()
                        + (scenario.sends() == Sends.BATCHES
                            ? Responder.BATCHES
                            : Responder.MESSAGES),
                    Integer.toString(scenario.inFlight()),
                    Integer.toString(scenario.sends().ofRequest())),
                way.javaOptions());
        Cluster cluster = Cluster.start(List.of(way.pluginPath()), way.javaOptions())) {
      return new SpeedMeasurement(scenario, cluster, raw, responder, way.settings())
          .measure(way.seconds(), way.rounds());
    }
  }

  private SpeedRounds measure(int seconds, int rounds) throws Exception {
    MiddlePart ofRaw = ofRaw("warm-up", FIRST_RECORDS);
    MiddlePart ofSink = ofSink("warm-up", FIRST_RECORDS);
    ofRaw = ofRaw("warm-up", records(ofRaw, WARM_UP_SECONDS));
    ofSink = ofSink("warm-up", records(ofSink, WARM_UP_SECONDS));
    SpeedRounds results = new SpeedRounds();
    for (int round = 1; round <= rounds; round++) {
      ofRaw = ofRaw("round " + round, records(ofRaw, seconds));
      results.raw(ofRaw);
      int records = scenario.sends().records(records(ofSink, seconds));
      ofSink = ofSink("round " + round, records);
      results.sink(ofSink);
    }
    results.raw(ofRaw("last", records(ofRaw, seconds)));
    return results;
  }

  /** So many that the middle part takes at least {@code seconds}, going by the round before. */
  private static int records(MiddlePart before, int seconds) {
    return (int) (before.perSecond() * seconds * RESERVE / MiddlePart.SHARE);
  }

  private MiddlePart ofRaw(String round, int records) throws Exception {
    int from = responder.count();
    int ofRequest = scenario.sends().ofRequest();
    int requests = (records + ofRequest - 1) / ofRequest;
    raw.begin(requests);
    MiddlePart part = MiddlePart.watch(responder::count, raw::cpu, from, requests * ofRequest);
    raw.end(0);
    print(round, "raw client", part);
    return part;
  }

  private MiddlePart ofSink(String round, int records) throws Exception {
    String topic = "load-" + topics++;
    new SinkLoad(cluster).produce(topic, records, scenario.sends().keys());
    responder.forget();
    int from = responder.count();
    Map<String, String> sink =
        SinkLoad.sink(
            topic,
            responder.url(),
            Responder.WORKSPACE,
            Responder.CHANNEL,
            scenario.tasks(),
            scenario.inFlight());
    sink.putAll(scenario.sends().settings());
    sink.putAll(settings);
    cluster.deploy(topic, sink);
    MiddlePart part = MiddlePart.watch(responder::count, cluster::workerCpu, from, records);
    new SinkLoad(cluster).awaitFinished(topic);
    cluster.remove(topic, scenario.tasks());
    cluster.drop(List.of(topic));
    print(round, "sink", part);
    return part;
  }

  private void print(String round, String who, MiddlePart part) {
    System.out.printf(
        Locale.ROOT,
        "%s   %-8s %-10s %,8.0f/s   %.3f CPU s per 1,000   %,8d counted in %.1f s%n",
        scenario.name(),
        round,
        who,
        part.perSecond(),
        part.cpuSecondsPerThousand(),
        part.count(),
        part.time().toMillis() / 1e3);
  }
}
