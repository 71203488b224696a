package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.UnreadableEntry;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of a channel that the API shows and that cannot be read: told once each, and counted.
 */
final class UnreadableMessages {

  private static final Logger LOG = LoggerFactory.getLogger(UnreadableMessages.class);
  private static final int MOST_REMEMBERED = 1_000;

  private final String channelId;
  private final Runnable onEach;
  private final Set<String> told = new LinkedHashSet<>();
  private long count;

  /**
   * @param channelId the channel
   * @param onEach run for each of them
   */
  UnreadableMessages(String channelId, Runnable onEach) {
    this.channelId = channelId;
    this.onEach = onEach;
  }

  /** Tells of the entries of a page that are not known yet. */
  void tell(List<UnreadableEntry> entries) {
    for (UnreadableEntry entry : entries) {
      String name =
          entry
              .id()
              .or(() -> entry.createdAt().map(time -> "made at " + time))
              .orElse("without an id");
      tell(name, entry.problem());
    }
  }

  /** Tells of a message, if it is not known yet. */
  void tell(String name, String problem) {
    if (!told.add(name)) {
      return;
    }
    count++;
    onEach.run();
    if (told.size() > MOST_REMEMBERED) {
      Iterator<String> oldest = told.iterator();
      oldest.next();
      oldest.remove();
    }
    LOG.warn(
        "The message {} of the channel {} cannot be read: {}. It is left out until it can; the"
            + " others go on. {} of this channel so far.",
        name,
        channelId,
        problem,
        count);
  }

  /** How many there were. */
  long count() {
    return count;
  }
}
