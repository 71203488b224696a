package dev.birdconnect.simulator.http;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests on the API, control calls left out. Safe for use by several threads. */
public final class Traffic {
  /**
   * Requests answered in one second of the simulator's clock.
   *
   * @param second its start
   * @param method HTTP method
   * @param status HTTP status answered, 0 for a connection cut or left hanging
   * @param requests how many
   */
  public record Count(Instant second, String method, int status, long requests) {}

  private record Key(long second, String method, int status) {}

  /**
   * Requests that arrived in one second of the simulator's clock.
   *
   * @param second its start
   * @param method HTTP method
   * @param requests how many
   */
  public record Arrivals(Instant second, String method, long requests) {}

  private record Second(long second, String method) {}

  private final Clock clock;
  private final Map<Second, LongAdder> arrivals = new ConcurrentHashMap<>();
  private final Map<String, SecondWindow> windows = new ConcurrentHashMap<>();
  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightMaximum = new AtomicInteger();

  Traffic(Clock clock) {
    this.clock = clock;
  }

  void begin(String method) {
    long second = Math.floorDiv(clock.millis(), 1000L);
    arrivals.computeIfAbsent(new Second(second, method), k -> new LongAdder()).increment();
    windows.computeIfAbsent(method, m -> new SecondWindow()).add(System.nanoTime());
    int now = inFlight.incrementAndGet();
    inFlightMaximum.accumulateAndGet(now, Math::max);
  }

  void end() {
    inFlight.decrementAndGet();
  }

  void count(String method, int status) {
    counts
        .computeIfAbsent(
            new Key(Math.floorDiv(clock.millis(), 1000L), method, status), k -> new LongAdder())
        .increment();
  }

  /** Forgets what was counted until now; requests in flight stay in flight. */
  public void reset() {
    counts.clear();
    arrivals.clear();
    windows.clear();
    inFlightMaximum.set(inFlight.get());
  }

  /** Requests by the second of their arrival and method, in order of time. */
  public List<Arrivals> arrivals() {
    return arrivals.entrySet().stream()
        .map(
            e ->
                new Arrivals(
                    Instant.ofEpochSecond(e.getKey().second()),
                    e.getKey().method(),
                    e.getValue().sum()))
        .sorted(Comparator.comparing(Arrivals::second).thenComparing(Arrivals::method))
        .toList();
  }

  /** The most requests of this method that arrived within any one second of real time. */
  public int mostInOneSecond(String method) {
    SecondWindow window = windows.get(method);
    return window == null ? 0 : window.most();
  }

  /** Requests that have arrived and are not answered yet. */
  public int inFlight() {
    return inFlight.get();
  }

  /** The most requests that were in flight at one moment. */
  public int inFlightMaximum() {
    return inFlightMaximum.get();
  }

  /** Requests by the second of their answer, method and status, in order of time. */
  public List<Count> counts() {
    return counts.entrySet().stream()
        .map(
            e ->
                new Count(
                    Instant.ofEpochSecond(e.getKey().second()),
                    e.getKey().method(),
                    e.getKey().status(),
                    e.getValue().sum()))
        .sorted(
            Comparator.comparing(Count::second)
                .thenComparing(Count::method)
                .thenComparing(Count::status))
        .toList();
  }

  /** All requests of this method answered with this status. */
  public long total(String method, int status) {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().method().equals(method) && e.getKey().status() == status)
        .mapToLong(e -> e.getValue().sum())
        .sum();
  }
}
