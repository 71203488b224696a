package dev.birdconnect.simulator.life;

import java.util.List;
import java.util.Optional;

/**
 * All that decides how an outgoing message lives.
 *
 * @param profile delays and shares of the channel when the message was made
 * @param luck decides outcome, spread and interactions; equal luck, equal life
 * @param forced the outcome, where the receiver asks for one
 * @param createdAtMillis when the message was made
 * @param scheduledForMillis when it goes out, where that is later
 */
public record Fate(
    LifeProfile profile,
    long luck,
    Optional<Outcome> forced,
    long createdAtMillis,
    Optional<Long> scheduledForMillis) {

  /** All statuses. */
  public Timeline life() {
    return Timeline.outgoing(profile, luck, forced, createdAtMillis, scheduledForMillis);
  }

  /** What the receiver does with the message, in order of time. */
  public List<Moment> moments() {
    return profile.habits().isEmpty() ? List.of() : life().moments(profile.habits(), luck);
  }
}
