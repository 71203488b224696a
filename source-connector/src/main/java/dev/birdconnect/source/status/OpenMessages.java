package dev.birdconnect.source.status;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open messages of one shard, and their text. The text is kept up to date while messages come
 * at its end and go from there, which is what happens to messages that are final at first sight.
 */
public final class OpenMessages {

  private record Entry(OpenMessage message, String text) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();
  private Optional<String> lastId = Optional.empty();
  private boolean stale;

  /**
   * @param messages what is open at first
   */
  public OpenMessages(List<OpenMessage> messages) {
    messages.forEach(this::put);
  }

  /** The message, when it is open. */
  public Optional<OpenMessage> get(String id) {
    return Optional.ofNullable(entries.get(id)).map(Entry::message);
  }

  /** Adds a message, or puts it in the place of an earlier state of itself. */
  public void put(OpenMessage message) {
    remove(message.id());
    Entry entry = new Entry(message, OpenText.of(message));
    entries.put(message.id(), entry);
    lastId = Optional.of(message.id());
    if (!stale) {
      append(entry);
    }
  }

  /** Takes a message out. */
  public void remove(String id) {
    Entry entry = entries.remove(id);
    if (entry == null) {
      return;
    }
    if (!stale && lastId.filter(id::equals).isPresent()) {
      text.setLength(Math.max(0, text.length() - entry.text().length() - 1));
      lastId = Optional.empty();
    } else {
      stale = true;
    }
  }

  private void append(Entry entry) {
    if (text.length() > 0) {
      text.append(OpenText.BETWEEN);
    }
    text.append(entry.text());
  }

  /** All of them as text. */
  public String text() {
    if (stale) {
      text.setLength(0);
      entries.values().forEach(this::append);
      stale = false;
      lastId = Optional.empty();
    }
    return text.toString();
  }

  /** All of them. */
  public Collection<OpenMessage> all() {
    return entries.values().stream().map(Entry::message).toList();
  }

  /** How many there are. */
  public int size() {
    return entries.size();
  }
}
