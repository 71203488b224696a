package dev.birdconnect.source.reading;

import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.status.EmittedStatus;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The youngest messages that are known to be emitted. Between its lower end and the place up to
 * which it is complete, a message that is not in it was never emitted: it has come late. Closed
 * messages keep their last status here, so that a step after a final status (assumption 17) is told
 * from a repeat. In memory only: after a restart it fills again and tells nothing until it has.
 */
final class RecentMessages {

  private final int most;
  private final TreeMap<Position, Optional<EmittedStatus>> known = new TreeMap<>();
  private Optional<Position> lowest = Optional.empty();
  private Optional<Position> completeTo = Optional.empty();

  /**
   * @param most how many messages are kept
   */
  RecentMessages(int most) {
    this.most = most;
  }

  /**
   * Notes an emitted message.
   *
   * @param closedWith its last status, when it is no longer followed and that status is known
   */
  void know(Position position, Optional<EmittedStatus> closedWith) {
    if (lowest.isEmpty()) {
      lowest = Optional.of(position);
    }
    if (lowest.get().isAfter(position)) {
      return;
    }
    known.put(position, closedWith);
    if (known.size() > most) {
      lowest = Optional.of(known.pollFirstEntry().getKey());
    }
  }

  /** Notes that all messages up to here have been looked at. */
  void completeTo(Position position) {
    completeTo = Optional.of(position);
  }

  /** Whether messages at or after this place have been emitted already. */
  boolean hasPassed(Position position) {
    return completeTo.isPresent() && !position.isAfter(completeTo.get());
  }

  /** Whether it is certain that the message at this place was never emitted. */
  boolean missed(Position position) {
    return hasPassed(position)
        && lowest.isPresent()
        && position.isAfter(lowest.get())
        && !known.containsKey(position);
  }

  /** Whether the message is among the known ones. */
  boolean knows(Position position) {
    return known.containsKey(position);
  }

  /** The last status of a message that is no longer followed. */
  Optional<EmittedStatus> closedWith(Position position) {
    return known.getOrDefault(position, Optional.empty());
  }
}
