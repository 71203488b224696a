package dev.birdconnect.simulator.life;

import java.util.Optional;

/**
 * One status of a message and since when it holds.
 *
 * @param status the status
 * @param sinceMillis milliseconds since 1970
 * @param reason cause for people, empty when there is none
 * @param details further information, empty when there is none
 * @param failure present when something failed
 */
public record Step(
    MessageStatus status,
    long sinceMillis,
    String reason,
    String details,
    Optional<Failure> failure) {
  /** A status without a cause. */
  public static Step plain(MessageStatus status, long sinceMillis) {
    return new Step(status, sinceMillis, "", "", Optional.empty());
  }
}
