package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.http.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How fast a sink sends: sends accepted in each second of the simulator's clock. */
final class Pace {

  private static final int ACCEPTED = 202;
  private static final int SECONDS_BEFORE = 3;
  private static final double SHARE = 0.8;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Simulator simulator;
  private final double before;

  private Pace(Simulator simulator, double before) {
    this.simulator = simulator;
    this.before = before;
  }

  /** The pace of the last seconds. */
  static Pace of(Simulator simulator) {
    Instant now = simulator.clock().instant();
    double sum =
        perSecond(simulator, now.minusSeconds(SECONDS_BEFORE), now).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    return new Pace(simulator, sum / SECONDS_BEFORE);
  }

  /** The whole seconds that begin at or after {@code from} and have ended by {@code until}. */
  private static Map<Instant, Long> perSecond(Simulator simulator, Instant from, Instant until) {
    return simulator.traffic().counts().stream()
        .filter(count -> count.method().equals("POST") && count.status() == ACCEPTED)
        .filter(count -> !count.second().isBefore(from))
        .filter(count -> !count.second().plusSeconds(1).isAfter(until))
        .collect(
            Collectors.toMap(
                Traffic.Count::second, Traffic.Count::requests, Long::sum, TreeMap::new));
  }

  /**
   * Waits until the sink has sent this fast again for a second; fails where none of the seconds
   * that begin within the limit was so fast.
   */
  void awaitAgain() {
    Instant start = simulator.clock().instant();
    Instant end = start.plus(LIMIT).plusSeconds(1);
    await("the pace before, or the end of the time for it")
        .atMost(LIMIT.multipliedBy(4))
        .until(() -> fastEnough(start, end) || simulator.clock().instant().isAfter(end));
    Map<Instant, Long> seconds = perSecond(simulator, start, end);
    System.out.printf("%.0f sends/s before, then from %s on: %s%n", before, start, seconds);
    assertThat(fastEnough(start, end))
        .as("%s sends/s from %s on, after %.0f before", seconds, start, before)
        .isTrue();
  }

  private boolean fastEnough(Instant from, Instant until) {
    return perSecond(simulator, from, until).values().stream()
        .anyMatch(sends -> sends >= SHARE * before);
  }
}
