package dev.birdconnect.simulator.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * What one request meets.
 *
 * @param latency how much later its answer comes
 * @param listingDelay how long the message it makes stays invisible
 * @param fault the rule of the fault it meets, other than these two
 */
public record Verdict(Duration latency, Duration listingDelay, Optional<FaultRule> fault) {
  static final Verdict NONE = new Verdict(Duration.ZERO, Duration.ZERO, Optional.empty());
}
