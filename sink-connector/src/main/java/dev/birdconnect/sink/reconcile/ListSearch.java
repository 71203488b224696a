package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.message.UnreadableEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a {@link ListWalk} through a channel's list looks for. */
public interface ListSearch {

  /** Takes the messages of a page. */
  void saw(List<Sighting> sightings);

  /**
   * Takes an entry that cannot be read as a message; it has been shown to {@link #saw} as far as it
   * can be.
   *
   * @param notAfter the latest time at which it was made by its place in the list, where that tells
   */
  void unreadable(UnreadableEntry entry, Optional<Instant> notAfter);

  /**
   * Everything from the newest message of the list down to a time has been seen.
   *
   * @param newest when the newest message was made
   * @param oldest when the oldest message seen was made
   * @param now the clocks at the first page
   */
  void downTo(Instant newest, Instant oldest, ServerNow now);

  /** The whole list has been seen. */
  void wholeList();

  /** Whether nothing is looked for any more. */
  boolean done();
}
