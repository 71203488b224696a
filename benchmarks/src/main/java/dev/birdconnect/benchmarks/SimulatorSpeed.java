package dev.birdconnect.benchmarks;

import dev.birdconnect.benchmarks.HttpLoad.Target;
import dev.birdconnect.simulator.SimulatorMain;
import dev.birdconnect.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends and list pages per second of the simulator, in turn with an empty handler. */
@Command(
    name = "simulator-speed",
    mixinStandardHelpOptions = true,
    description = "Measures the simulator next to an empty handler of the same HTTP server.")
public final class SimulatorSpeed implements Callable<Integer> {
  private static final String CHANNELS =
      "/workspaces/" + SimulatorSettings.DEMO_WORKSPACE_ID + "/channels/";
  private static final Target SENDS =
      new Target("POST", CHANNELS + SimulatorSettings.DEMO_SMS_CHANNEL_ID + "/messages", 64);
  private static final Target PAGES =
      new Target(
          "GET", CHANNELS + SimulatorSettings.DEMO_EMAIL_CHANNEL_ID + "/messages?limit=1000", 8);

  @Option(names = "--seconds", description = "seconds of a round, ${DEFAULT-VALUE}")
  private int seconds = 5;

  @Option(names = "--rounds", description = "rounds of each, ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(names = "--history", description = "messages in the list, ${DEFAULT-VALUE}")
  private int history = 1_000_000;

  private SimulatorSpeed() {}

  /** Runs the program; its exit code is not 0 when something failed. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SimulatorSpeed()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("simulator-speed-");
    HttpLoad load = WrkLoad.find(folder).orElseGet(SocketLoad::new);
    try (ServerProcess empty = ServerProcess.start(EmptyServer.class)) {
      // One after the other: the messages of one would fill the memory of the other.
      try (ServerProcess simulator = startSimulator()) {
        compare("sends", load, SENDS, simulator.url(), empty.url());
      }
      try (ServerProcess simulator = startSimulator()) {
        makeHistory(simulator.url());
        compare("list pages of 1,000", load, PAGES, simulator.url(), empty.url());
      }
    }
    return 0;
  }

  private static ServerProcess startSimulator() throws IOException {
    return ServerProcess.start(
        SimulatorMain.class, "--port", "0", "--rate-post", "0", "--rate-get", "0");
  }

  private void makeHistory(String url) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            url
                                + "/control/channels/"
                                + SimulatorSettings.DEMO_EMAIL_CHANNEL_ID
                                + "/history"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"messages\":" + history + "}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("No history was made: " + answer.body());
    }
    print("history of %,d messages in %.1f s%n", history, (System.nanoTime() - begin) / 1e9);
  }

  private void compare(
      String what, HttpLoad load, Target target, String simulatorUrl, String emptyUrl)
      throws Exception {
    List<Double> ofEmpty = new ArrayList<>();
    List<Double> ofSimulator = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double emptyRate = load.perSecond(emptyUrl, target, seconds);
      double simulatorRate = load.perSecond(simulatorUrl, target, seconds);
      String name = round == 0 ? "warm-up" : "round " + round;
      print(
          "%-20s %-8s empty handler %,8.0f/s   simulator %,8.0f/s%n",
          what, name, emptyRate, simulatorRate);
      if (round > 0) {
        ofEmpty.add(emptyRate);
        ofSimulator.add(simulatorRate);
      }
    }
    double emptyMedian = median(ofEmpty);
    double simulatorMedian = median(ofSimulator);
    print(
        "%-20s median   empty handler %,8.0f/s   simulator %,8.0f/s   ratio %.2f%n",
        what, emptyMedian, simulatorMedian, simulatorMedian / emptyMedian);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
