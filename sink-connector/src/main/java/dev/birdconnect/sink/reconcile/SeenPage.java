package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UnreadableEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of a channel's list as a {@link Reading} takes it. What its messages are recognised by is
 * found out when it is made, which needs no lock.
 *
 * @param messages the messages that can be read, in the order of the list; each has its time
 * @param unreadable the entries that cannot
 * @param nextPageToken cursor of the next page; absent on the last one
 */
public record SeenPage(
    List<Sighting> messages, List<Entry> unreadable, Optional<String> nextPageToken) {

  /**
   * An entry that is no message, and as much of one as can be seen in it.
   *
   * @param entry the entry
   * @param sighting what it shows
   */
  public record Entry(UnreadableEntry entry, Sighting sighting) {}

  public SeenPage {
    messages = List.copyOf(messages);
    unreadable = List.copyOf(unreadable);
  }

  /** Looks at a page. */
  public static SeenPage of(MessagePage page) {
    return new SeenPage(
        page.results().stream().map(Sighting::of).toList(),
        page.unreadable().stream().map(entry -> new Entry(entry, Sighting.of(entry))).toList(),
        page.nextPageToken());
  }

  /** When the first message was made; empty when there is none. */
  Optional<Instant> first() {
    return messages.isEmpty() ? Optional.empty() : messages.get(0).message().createdAt();
  }

  /** When the last message was made; empty when there is none. */
  Optional<Instant> last() {
    return lastOf(messages.size());
  }

  /** When the last of the messages before a place was made; empty when there is none. */
  Optional<Instant> lastOf(int place) {
    return place == 0 ? Optional.empty() : messages.get(place - 1).message().createdAt();
  }
}
