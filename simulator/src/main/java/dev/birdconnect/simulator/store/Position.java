package dev.birdconnect.simulator.store;

import java.util.UUID;

/**
 * A place in the order of a list: creation time, then id as text.
 *
 * @param createdAtMillis milliseconds since 1970
 * @param id id of the message
 */
public record Position(long createdAtMillis, UUID id) implements Comparable<Position> {
  @Override
  public int compareTo(Position other) {
    int byTime = Long.compare(createdAtMillis, other.createdAtMillis);
    if (byTime != 0) {
      return byTime;
    }
    // UUID.compareTo is signed; the order of the texts is the unsigned one.
    int high = Long.compareUnsigned(id.getMostSignificantBits(), other.id.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(id.getLeastSignificantBits(), other.id.getLeastSignificantBits());
  }
}
