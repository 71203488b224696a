package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.life.Outcome;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message about to be made. Its text form shows neither receiver nor body.
 *
 * @param incoming whether a contact sends it
 * @param reference its label, empty when there is none
 * @param receiver identifier of the other side
 * @param scheduledForMillis when it goes out, where that is later than now
 * @param visibleAfterMillis how long reads and lists do not show it
 * @param listedAfterMillis how long lists do not show it
 * @param outcome how it ends, where its content decides that
 * @param batch the batch it belongs to
 * @param resource all fields that never change, without id and times
 */
public record Draft(
    boolean incoming,
    String reference,
    String receiver,
    Optional<Long> scheduledForMillis,
    long visibleAfterMillis,
    long listedAfterMillis,
    Optional<Outcome> outcome,
    Optional<UUID> batch,
    ObjectNode resource) {
  @Override
  public String toString() {
    return "Draft[incoming=" + incoming + "]";
  }
}
