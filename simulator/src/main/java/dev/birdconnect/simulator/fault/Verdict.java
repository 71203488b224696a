package dev.birdconnect.simulator.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * What one request meets.
 *
 * @param latency how much later its answer comes
 * @param hiding for how long the message it makes is not shown
 * @param fault the fault it meets, other than these
 */
public record Verdict(Duration latency, Hiding hiding, Optional<Fault> fault) {
  /**
   * For how long a message is not shown.
   *
   * @param fromAll by reads and lists
   * @param fromLists by lists
   */
  public record Hiding(Duration fromAll, Duration fromLists) {
    /** Shown at once. */
    public static final Hiding NONE = new Hiding(Duration.ZERO, Duration.ZERO);

    Hiding atLeast(Duration all, Duration lists) {
      return new Hiding(longer(fromAll, all), longer(fromLists, lists));
    }

    private static Duration longer(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? other : one;
    }
  }

  static final Verdict NONE = new Verdict(Duration.ZERO, Hiding.NONE, Optional.empty());
}
