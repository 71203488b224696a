package dev.birdconnect.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.quickstart.cluster.ConnectRest;
import dev.birdconnect.quickstart.cluster.LocalBroker;
import dev.birdconnect.quickstart.cluster.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends per second of the packaged sink, in turn with the raw client on the same server. */
@Command(
    name = "sink-speed",
    mixinStandardHelpOptions = true,
    description = "Measures the sink next to the raw HTTP client on the same server.")
public final class SinkSpeed implements Callable<Integer> {

  private static final String WORKSPACE = "0f4c2a9e-6b1d-4c3f-9a57-2d8e1b7c5a01";
  private static final String CHANNEL = "c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d11";
  private static final int PARTITIONS = 4;
  private static final Duration STARTED = Duration.ofMinutes(1);

  @Option(names = "--latency-ms", description = "latency of every answer, ${DEFAULT-VALUE} ms")
  private int latencyMillis;

  @Option(names = "--in-flight", description = "requests in flight, ${DEFAULT-VALUE}")
  private int inFlight = 256;

  @Option(names = "--records", description = "records of a round, ${DEFAULT-VALUE}")
  private int records = 20_000;

  @Option(names = "--tasks", description = "tasks of the sink, ${DEFAULT-VALUE}")
  private int tasks = 1;

  @Option(names = "--heap", description = "heap of the worker, ${DEFAULT-VALUE}")
  private String heap = "256m";

  @Option(names = "--rounds", description = "rounds of each, ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(
      names = "--plugin-path",
      description = "folder that holds the sink's plugin folder, ${DEFAULT-VALUE}")
  private Path pluginPath = Path.of("sink-connector", "target", "plugin-path");

  private SinkSpeed() {}

  /** Runs the program; its exit code is not 0 when something failed. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SinkSpeed()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("bird-benchmark-");
    try (LocalBroker broker = LocalBroker.start(Files.createDirectory(folder.resolve("broker")));
        ResponderProcess responder = ResponderProcess.start(latencyMillis);
        WorkerProcess worker =
            WorkerProcess.start(
                broker.bootstrapServers(),
                List.of(pluginPath.toAbsolutePath()),
                folder,
                "worker",
                Map.of(),
                List.of("-Xmx" + heap));
        RawClient raw = new RawClient(inFlight)) {
      worker.rest().awaitReady(STARTED);
      measure(broker.bootstrapServers(), responder, worker, raw);
    }
    return 0;
  }

  private void measure(
      String bootstrapServers, ResponderProcess responder, WorkerProcess worker, RawClient raw)
      throws Exception {
    String url =
        responder.url() + "/workspaces/" + WORKSPACE + "/channels/" + CHANNEL + "/messages";
    List<Double> ofRaw = new ArrayList<>();
    List<Double> ofSink = new ArrayList<>();
    List<Double> ofCpu = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double rawRate = raw.perSecond(url, "key", records);
      produce(bootstrapServers, "load-" + round);
      Duration before = worker.cpu();
      double sinkRate = sink(responder, worker.rest(), round);
      double cpu = worker.cpu().minus(before).toMillis() / (double) records;
      String name = round == 0 ? "warm-up" : "round " + round;
      print(
          "%-8s raw client %,8.0f/s   sink %,8.0f/s   %.2f CPU s per 1,000 records%n",
          name, rawRate, sinkRate, cpu);
      if (round > 0) {
        ofRaw.add(rawRate);
        ofSink.add(sinkRate);
        ofCpu.add(cpu);
      }
    }
    double rawMedian = median(ofRaw);
    double sinkMedian = median(ofSink);
    print(
        "median   raw client %,8.0f/s   sink %,8.0f/s   %.2f CPU s per 1,000 records   ratio %.2f"
            + "   (%d ms, %d in flight, %d tasks, heap %s)%n",
        rawMedian,
        sinkMedian,
        median(ofCpu),
        sinkMedian / rawMedian,
        latencyMillis,
        inFlight,
        tasks,
        heap);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  private double sink(ResponderProcess responder, ConnectRest rest, int round) throws Exception {
    int from = responder.count();
    String name = "sink-" + round;
    rest.create(connector(responder, name, "load-" + round));
    rest.awaitRunning(name, STARTED);
    double rate = MiddlePart.perSecond(responder::count, from, records);
    rest.delete(name);
    return rate;
  }

  private void produce(String bootstrapServers, String topic) throws Exception {
    // One request at a time: a new partition's leader may refuse the first batch and take the
    // second,
    // and then refuses the first for ever as out of sequence.
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "linger.ms",
            20,
            "batch.size",
            100_000,
            "max.in.flight.requests.per.connection",
            1);
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    }
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, Load.key(i), Load.value(i)));
      }
    }
  }

  private ObjectNode connector(ResponderProcess responder, String name, String topic) {
    ObjectNode connector = new ObjectMapper().createObjectNode().put("name", name);
    connector
        .putObject("config")
        .put("connector.class", "dev.birdconnect.sink.BirdSinkConnector")
        .put("tasks.max", Integer.toString(tasks))
        .put("topics", topic)
        .put("key.converter", "org.apache.kafka.connect.storage.StringConverter")
        .put("value.converter", "org.apache.kafka.connect.json.JsonConverter")
        .put("value.converter.schemas.enable", "false")
        .put("bird.api.url", responder.url().toString())
        .put("bird.access.key", "key")
        .put("bird.validate.live", "false")
        .put("bird.http.request.timeout.ms", "5000")
        .put("doubt.settle.ms", "0")
        .put("bird.workspace.id", WORKSPACE)
        .put("bird.channel.id", CHANNEL)
        .put("bird.rate.post.per.second", "100000")
        .put("max.in.flight", Integer.toString(inFlight));
    return connector;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
