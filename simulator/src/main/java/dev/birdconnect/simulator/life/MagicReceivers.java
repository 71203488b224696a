package dev.birdconnect.simulator.life;

import java.util.Map;
import java.util.Optional;

/**
 * Receivers whose identifier ends in a certain number and whose messages then always end the same
 * way, for demonstrations. Of an address the part before the {@code @} counts.
 */
public final class MagicReceivers {
  private static final Map<String, Outcome> BY_SUFFIX =
      Map.of(
          "9990403", Outcome.REJECTED,
          "9990404", Outcome.SENDING_FAILED,
          "9990405", Outcome.DELIVERY_FAILED,
          "9990406", Outcome.SENT_ONLY,
          "9990407", Outcome.SKIPPED);

  private static final int LENGTH = 7;

  private MagicReceivers() {}

  /** The outcome that this identifier asks for, if any. */
  public static Optional<Outcome> outcome(String identifier) {
    int at = identifier.indexOf('@');
    int end = at < 0 ? identifier.length() : at;
    return end < LENGTH
        ? Optional.empty()
        : Optional.ofNullable(BY_SUFFIX.get(identifier.substring(end - LENGTH, end)));
  }
}
