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
  private static final double WANTED_SENDS = 8_000;
  private static final double WANTED_PAGES = 100;
  private static final double LONGEST_HISTORY_SECONDS = 20;

  @Option(names = "--warm-up", description = "seconds of the first round, ${DEFAULT-VALUE}")
  private int warmUp = 30;

  @Option(names = "--seconds", description = "seconds of a round, ${DEFAULT-VALUE}")
  private int seconds = 10;

  @Option(names = "--rounds", description = "rounds of each, ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(names = "--history", description = "messages in the list, ${DEFAULT-VALUE}")
  private int history = 1_000_000;

  private SimulatorSpeed() {}

  /** Runs the program; its exit code is not 0 when less is reached than wanted. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SimulatorSpeed()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("simulator-speed-");
    HttpLoad load = WrkLoad.find(folder).orElseGet(SocketLoad::new);
    boolean reached = true;
    try (ServerProcess empty = ServerProcess.start(EmptyServer.class)) {
      // One after the other: the messages of one would fill the memory of the other.
      try (ServerProcess simulator = startSimulator()) {
        reached &= compare("sends", load, SENDS, simulator.url(), empty.url()) >= WANTED_SENDS;
      }
      try (ServerProcess simulator = startSimulator()) {
        reached &= makeHistory(simulator.url()) < LONGEST_HISTORY_SECONDS;
        reached &=
            compare("list pages of 1,000", load, PAGES, simulator.url(), empty.url())
                >= WANTED_PAGES;
      }
    }
    print(
        reached
            ? "All that is wanted is reached.%n"
            : "Wanted are %,.0f sends/s, %,.0f pages/s and a history in %.0f s.%n",
        WANTED_SENDS,
        WANTED_PAGES,
        LONGEST_HISTORY_SECONDS);
    return reached ? 0 : 1;
  }

  private static ServerProcess startSimulator() throws IOException {
    return ServerProcess.start(
        SimulatorMain.class, "--port", "0", "--rate-post", "0", "--rate-get", "0");
  }

  /** Returns how many seconds it took. */
  private double makeHistory(String url) throws IOException, InterruptedException {
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
    double taken = (System.nanoTime() - begin) / 1e9;
    print("history of %,d messages in %.1f s%n", history, taken);
    return taken;
  }

  /** Returns the simulator's median. */
  private double compare(
      String what, HttpLoad load, Target target, String simulatorUrl, String emptyUrl)
      throws Exception {
    List<Double> ofEmpty = new ArrayList<>();
    List<Double> ofSimulator = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      int length = round == 0 ? warmUp : seconds;
      double emptyRate = load.perSecond(emptyUrl, target, length);
      double simulatorRate = load.perSecond(simulatorUrl, target, length);
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
    return simulatorMedian;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
