package dev.birdconnect.source.position;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the reading of a channel has begun.
 *
 * @param run how often it was set to another start by hand
 * @param start messages made before it are not emitted; empty for none
 * @param taken whether a start set by hand is known to be replaced in the stored offsets, so that
 *     one found there must have been set since
 */
public record Origin(int run, Optional<Instant> start, boolean taken) {

  /** The oldest message of the channel. */
  public static final Origin EARLIEST = new Origin(0, Optional.empty(), false);

  /** A start that the settings name. */
  public static Origin at(Instant start) {
    return new Origin(0, Optional.of(start), false);
  }

  /** The same, with its start known to be replaced. */
  public Origin asTaken() {
    return new Origin(run, start, true);
  }

  /** The place before the first message to emit. */
  public Optional<Position> floor() {
    return start.map(Position::before);
  }
}
