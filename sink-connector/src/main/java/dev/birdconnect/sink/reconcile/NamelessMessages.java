package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.common.reference.RecordReference;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Entries of a list that cannot be read and do not tell their reference. Such an entry may be the
 * message of any send, unless it shows coordinates, is incoming, or is older than the send.
 */
final class NamelessMessages {

  private static final String INCOMING = "incoming";

  private final Set<RecordReference> coordinates = new HashSet<>();
  private Instant newest = Instant.MIN;

  /**
   * Notes an entry.
   *
   * @param mark its mark, where its coordinates can be read
   * @param notAfter the latest time at which it was made by its place in the list, where that tells
   */
  void add(UnreadableEntry entry, Optional<Mark> mark, Optional<Instant> notAfter) {
    if (entry.direction().filter(INCOMING::equals).isPresent()) {
      return;
    }
    if (mark.isPresent()) {
      coordinates.add(mark.get().coordinates());
      return;
    }
    Instant latest = entry.createdAt().or(() -> notAfter).orElse(Instant.MAX);
    newest = latest.isAfter(newest) ? latest : newest;
  }

  /**
   * Whether one of them may be the message of a send.
   *
   * @param since before this time, by the server's clock, the send was not made; empty where that
   *     is not known
   */
  boolean mayBe(Mark mark, Optional<Instant> since) {
    return coordinates.contains(mark.coordinates()) || mayBeMadeSince(since);
  }

  /** Whether one of them that shows no coordinates may be made at or after a time. */
  boolean mayBeMadeSince(Optional<Instant> since) {
    return newest.isAfter(Instant.MIN) && !since.map(newest::isBefore).orElse(false);
  }
}
