package dev.birdconnect.source.position;

import java.util.Optional;

/**
 * Where a message was found.
 *
 * @param phase in which way the channel is read
 * @param pageToken the page to go on from, read from the oldest message upwards; a hint only; empty
 *     for the first page and outside of a back-fill
 */
public record Place(Phase phase, Optional<String> pageToken) {

  /** Of what is found from the newest message downwards. */
  public static final Place TAIL = new Place(Phase.TAIL, Optional.empty());
}
