package dev.birdconnect.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.RateLimits;
import dev.birdconnect.client.http.AccessKey;
import dev.birdconnect.client.http.HttpVersion;
import dev.birdconnect.client.http.TlsSettings;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.simulator.SimulatorSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the rate budget makes of the API's default limits: four users in one process, then two
 * processes that know nothing of each other. The simulator is a process of its own.
 */
@Command(
    name = "rate-budget-speed",
    mixinStandardHelpOptions = true,
    description = "Measures rate, share of 429 and shares of users of the rate budget.")
public final class RateBudgetSpeed implements Callable<Integer> {

  private static final int USERS = 4;
  private static final int PROCESSES = 2;
  private static final double RATE = 500;
  private static final int START_SECONDS = 5;
  private static final int SHARES_FROM_SECOND = 60;
  private static final Pattern ADDRESS = Pattern.compile("listens on (http\\S+)");

  @Option(names = "--simulator", description = "the simulator's program, ${DEFAULT-VALUE}")
  private Path simulator =
      Path.of("simulator", "target", "simulator", "simulator-0.1.0-program.jar");

  @Option(names = "--seconds", description = "time of the first part, ${DEFAULT-VALUE}")
  private int seconds = 60;

  @Option(
      names = "--seconds-apart",
      description = "time of the second part, over 60, ${DEFAULT-VALUE}")
  private int secondsApart = 120;

  @Option(names = "--in-flight", description = "requests of a user in flight, ${DEFAULT-VALUE}")
  private int inFlight = 64;

  @Option(
      names = "--user-of",
      description = "be one process of the second part, with the API at this address")
  private Optional<URI> userOf = Optional.empty();

  /** What one user got, second by second. */
  private record Counts(AtomicIntegerArray accepted, AtomicIntegerArray refused) {

    static Counts of(int seconds) {
      return new Counts(new AtomicIntegerArray(seconds), new AtomicIntegerArray(seconds));
    }

    static int sum(AtomicIntegerArray counts, int from) {
      return IntStream.range(from, counts.length()).map(counts::get).sum();
    }
  }

  /**
   * The least that is wanted.
   *
   * @param rateShare part of the allowed rate that all users reach together
   * @param refusedShare part of the requests that is answered 429, to stay below
   * @param unevenness largest distance of a user's part from an equal one, as a share of it
   */
  private record Wanted(double rateShare, double refusedShare, double unevenness) {
    static final Wanted TOGETHER = new Wanted(0.99, 0.001, 0.1);
    static final Wanted APART_AT_FIRST = new Wanted(0.95, 0.01, Double.MAX_VALUE);
    static final Wanted APART = new Wanted(0.95, 0.01, 0.25);
  }

  private RateBudgetSpeed() {}

  /** Runs the program; its exit code is not 0 when less is reached than wanted. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RateBudgetSpeed()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (userOf.isPresent()) {
      Counts counts = measure(userOf.get(), 1, secondsApart).get(0);
      IntStream.range(0, secondsApart)
          .forEach(i -> print("%d %d%n", counts.accepted().get(i), counts.refused().get(i)));
      return 0;
    }
    Process server = java("-jar", simulator.toString(), "--port", "0");
    try {
      URI url = address(server);
      List<Counts> together = measure(url, USERS, seconds);
      boolean reached =
          report(USERS + " users in one process", together, START_SECONDS, Wanted.TOGETHER);
      List<Counts> apart = apart(url);
      reached &= report(PROCESSES + " processes", apart, START_SECONDS, Wanted.APART_AT_FIRST);
      reached &= report("the same, after a minute", apart, SHARES_FROM_SECOND, Wanted.APART);
      return reached ? 0 : 1;
    } finally {
      server.destroy();
    }
  }

  private static Process java(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static BufferedReader output(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private static URI address(Process server) throws IOException {
    BufferedReader lines = output(server);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        return URI.create(matcher.group(1));
      }
    }
    throw new IOException("The simulator has not started. Build it, or give --simulator.");
  }

  private List<Counts> apart(URI url) throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(
          java(
              "-cp",
              System.getProperty("java.class.path"),
              RateBudgetSpeed.class.getName(),
              "--user-of",
              url.toString(),
              "--seconds-apart",
              Integer.toString(secondsApart),
              "--in-flight",
              Integer.toString(inFlight)));
    }
    return processes.stream().map(this::counted).toList();
  }

  private Counts counted(Process process) {
    Counts counts = Counts.of(secondsApart);
    try (BufferedReader lines = output(process)) {
      for (int i = 0; i < secondsApart; i++) {
        int[] line =
            Arrays.stream(String.valueOf(lines.readLine()).split(" ", 2))
                .mapToInt(Integer::parseInt)
                .toArray();
        counts.accepted().set(i, line[0]);
        counts.refused().set(i, line[1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counts;
  }

  private List<Counts> measure(URI url, int users, int time) throws Exception {
    long start = System.nanoTime();
    List<Counts> counts = IntStream.range(0, users).mapToObj(i -> Counts.of(time)).toList();
    List<ChannelsApi> clients = new ArrayList<>();
    for (Counts one : counts) {
      ChannelsApi client = client(url);
      clients.add(client);
      for (int i = 0; i < inFlight; i++) {
        send(client, start, one, i);
      }
    }
    TimeUnit.SECONDS.sleep(time);
    clients.forEach(ChannelsApi::close);
    return counts;
  }

  private ChannelsApi client(URI url) {
    return new ChannelsClient(
        new TransportSettings(
            url,
            new AccessKey(SimulatorSettings.DEMO_ACCESS_KEY),
            Duration.ofSeconds(10),
            inFlight,
            Optional.empty(),
            TlsSettings.ofTheRuntime(),
            HttpVersion.NEGOTIATED,
            "rate-budget-speed",
            "rate-budget-speed"),
        new RateLimits(1, RATE),
        new VerdictRules(ConflictRule.REJECT));
  }

  private void send(ChannelsApi client, long start, Counts counts, int index) throws Exception {
    SendRequest request = SendRequest.of(new ObjectMapper().readTree(Load.value(index, Load.KEYS)));
    ChannelAddress address =
        new ChannelAddress(
            SimulatorSettings.DEMO_WORKSPACE_ID, SimulatorSettings.DEMO_SMS_CHANNEL_ID);
    again(client, address, request, start, counts);
  }

  private static void again(
      ChannelsApi client, ChannelAddress address, SendRequest request, long start, Counts counts) {
    var unused =
        client
            .send(address, AddressOrigin.CONFIGURED, request)
            .outcome()
            .thenAccept(
                verdict -> {
                  int second = (int) ((System.nanoTime() - start) / 1_000_000_000L);
                  if (second < counts.accepted().length()) {
                    count(verdict, counts, second);
                    again(client, address, request, start, counts);
                  }
                });
  }

  private static void count(Verdict verdict, Counts counts, int second) {
    if (verdict instanceof Verdict.Accepted) {
      counts.accepted().incrementAndGet(second);
    } else if (verdict instanceof Verdict.NotProcessed refused
        && refused.reason().complaint().map(Complaint::status).equals(Optional.of(429))) {
      counts.refused().incrementAndGet(second);
    }
  }

  /** Prints what the users got, and returns whether it is what is wanted. */
  private static boolean report(String name, List<Counts> users, int from, Wanted wanted) {
    int time = users.get(0).accepted().length() - from;
    double accepted = users.stream().mapToInt(one -> Counts.sum(one.accepted(), from)).sum();
    double refused = users.stream().mapToInt(one -> Counts.sum(one.refused(), from)).sum();
    print(
        "%-26s after %2d s: %6.1f/s   429: %.3f %%   shares:",
        name, from, accepted / time, 100 * refused / (accepted + refused));
    users.forEach(one -> print(" %.1f %%", 100 * Counts.sum(one.accepted(), from) / accepted));
    double equal = accepted / users.size();
    boolean reached =
        accepted / time >= wanted.rateShare() * RATE
            && refused / (accepted + refused) < wanted.refusedShare()
            && users.stream()
                .mapToInt(one -> Counts.sum(one.accepted(), from))
                .allMatch(sends -> Math.abs(sends - equal) <= wanted.unevenness() * equal);
    print(reached ? "   as wanted%n" : "   less than wanted%n");
    return reached;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
    System.out.flush();
  }
}
