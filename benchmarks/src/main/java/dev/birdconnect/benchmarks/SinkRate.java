package dev.birdconnect.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.simulator.SimulatorMain;
import dev.birdconnect.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the packaged sink makes of the API's limit of 500 sends a second, which the simulator
 * enforces with a token bucket: with one task, and with two that share it.
 */
@Command(
    name = "sink-rate",
    mixinStandardHelpOptions = true,
    description = "Measures the sink under the simulator's own limit of sends a second.")
public final class SinkRate implements Callable<Integer> {

  private static final int LIMIT = 500;
  private static final double LEAST_SHARE = 0.99;
  private static final double MOST_REFUSED = 0.001;
  private static final int START_SECONDS = 5;
  private static final int ACCEPTED = 202;
  private static final int REFUSED = 429;

  private final HttpClient http = HttpClient.newHttpClient();

  @Option(names = "--seconds", description = "time that is counted, ${DEFAULT-VALUE}")
  private int seconds = 60;

  @Option(names = "--in-flight", description = "requests in flight of a task, ${DEFAULT-VALUE}")
  private int inFlight = 256;

  @Option(names = "--heap", description = "heap of the worker, ${DEFAULT-VALUE}")
  private String heap = "256m";

  @Option(
      names = "--plugin-path",
      description = "folder that holds the sink's plugin folder, ${DEFAULT-VALUE}")
  private Path pluginPath = Path.of("sink-connector", "target", "plugin-path");

  private SinkRate() {}

  /** Runs the program; its exit code is not 0 when less is reached than wanted. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SinkRate()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    boolean passed = true;
    try (Cluster cluster = Cluster.start(List.of(pluginPath), List.of("-Xmx" + heap))) {
      String topic = "load";
      new SinkLoad(cluster).produce(topic, LIMIT * (seconds + 4 * START_SECONDS), Load.KEYS);
      print("| tasks | accepted /s | share of %d/s | wanted | answered 429 | below | |%n", LIMIT);
      print("|---|---|---|---|---|---|---|%n");
      for (int tasks : List.of(1, 2)) {
        passed &= measure(cluster, topic, tasks);
      }
    }
    return passed ? 0 : 1;
  }

  private boolean measure(Cluster cluster, String topic, int tasks) throws Exception {
    try (ServerProcess simulator = ServerProcess.start(SimulatorMain.class, "--port", "0")) {
      Map<String, String> sink =
          SinkLoad.sink(
              topic,
              simulator.url(),
              SimulatorSettings.DEMO_WORKSPACE_ID,
              SimulatorSettings.DEMO_SMS_CHANNEL_ID,
              tasks,
              inFlight);
      sink.put("bird.access.key", SimulatorSettings.DEMO_ACCESS_KEY);
      sink.put("bird.rate.post.per.second", Integer.toString(LIMIT));
      String name = "rate-" + tasks;
      cluster.deploy(name, sink);
      IntSupplier accepted = () -> (int) sends(stats(simulator), ACCEPTED, 0, Long.MAX_VALUE);
      MiddlePart.await(accepted, 1);
      long from = firstSecond(stats(simulator)) + START_SECONDS + 1;
      MiddlePart.await(accepted, LIMIT * START_SECONDS);
      TimeUnit.SECONDS.sleep(seconds + START_SECONDS);
      JsonNode stats = stats(simulator);
      cluster.remove(name, tasks);
      double reached = (double) sends(stats, ACCEPTED, from, from + seconds) / seconds;
      double refused = sends(stats, REFUSED, from, from + seconds);
      double share = reached / LIMIT;
      double refusedShare = refused / (refused + reached * seconds);
      boolean passed = share >= LEAST_SHARE && refusedShare < MOST_REFUSED;
      print(
          "| %d | %.1f | %.4f | %.2f | %.3f %% | %.1f %% | %s |%n",
          tasks,
          reached,
          share,
          LEAST_SHARE,
          100 * refusedShare,
          100 * MOST_REFUSED,
          passed ? "passed" : "FAILED");
      return passed;
    }
  }

  private JsonNode stats(ServerProcess simulator) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(simulator.url() + "/control/stats")).build();
      return new ObjectMapper().readTree(http.send(request, BodyHandlers.ofByteArray()).body());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long firstSecond(JsonNode stats) {
    for (JsonNode count : stats.path("requests")) {
      if (count.path("status").asInt() == ACCEPTED) {
        return second(count);
      }
    }
    throw new IllegalStateException("Nothing has been accepted.");
  }

  /** Sends with this answer in the seconds from {@code from} to before {@code to}. */
  private static long sends(JsonNode stats, int status, long from, long to) {
    long sends = 0;
    for (JsonNode count : stats.path("requests")) {
      if (count.path("method").asText().equals("POST")
          && count.path("status").asInt() == status
          && second(count) >= from
          && second(count) < to) {
        sends += count.path("requests").asLong();
      }
    }
    return sends;
  }

  private static long second(JsonNode count) {
    return Instant.parse(count.path("second").asText()).getEpochSecond();
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
