package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.UnreadableEntry;
import java.util.Optional;

/**
 * A message seen in a channel's list.
 *
 * @param mark what it is recognised by, where it carries coordinates
 * @param bareLabel its reference, where it carries none; the API may have left them out
 * @param message the message
 */
public record Sighting(Optional<Mark> mark, Optional<String> bareLabel, SentMessage message) {

  static Sighting of(Message message) {
    return of(Mark.of(message), message.reference(), SentMessage.of(message));
  }

  static Sighting of(UnreadableEntry entry) {
    return of(Mark.of(entry), entry.reference(), SentMessage.of(entry));
  }

  private static Sighting of(Optional<Mark> mark, Optional<String> reference, SentMessage message) {
    return new Sighting(mark, mark.isPresent() ? Optional.empty() : reference, message);
  }
}
