package dev.birdconnect.source.status;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The known messages of one shard, and their text. The text is kept up to date while messages come
 * at its end and go from there, which is what happens to messages that are final at first sight.
 *
 * <p>Every emitted message of the shard that was made after {@link #completeAfter} is here; so one
 * made after it that is not here was never emitted.
 */
public final class KnownMessages {

  private record Entry(KnownMessage message, String text) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();
  private Optional<String> lastId = Optional.empty();
  private boolean stale;
  private long completeAfter;

  /**
   * @param messages what is known at first
   * @param completeAfter every emitted message made after it is among them, in milliseconds since
   *     1970
   */
  public KnownMessages(List<KnownMessage> messages, long completeAfter) {
    this.completeAfter = completeAfter;
    messages.forEach(this::put);
  }

  /** Every emitted message made after it is known, in milliseconds since 1970. */
  public long completeAfter() {
    return completeAfter;
  }

  /** The message, when it is known. */
  public Optional<KnownMessage> get(String id) {
    return Optional.ofNullable(entries.get(id)).map(Entry::message);
  }

  /** Adds a message, or puts it in the place of an earlier state of itself. */
  public void put(KnownMessage message) {
    remove(message.id());
    Entry entry = new Entry(message, KnownText.of(message));
    entries.put(message.id(), entry);
    lastId = Optional.of(message.id());
    if (!stale) {
      append(entry);
    }
  }

  /** Forgets a message that was emitted. */
  public void forget(KnownMessage message) {
    remove(message.id());
    completeAfter = Math.max(completeAfter, message.createdAtMillis());
  }

  /** Forgets those of certain messages that were made before a time. */
  public void forgetMadeBefore(long millis, Predicate<KnownMessage> which) {
    all().stream()
        .filter(message -> message.createdAtMillis() < millis)
        .filter(which)
        .forEach(this::forget);
  }

  /** Forgets those of certain messages that were made first until few enough are left. */
  public void forgetOldest(int most, Predicate<KnownMessage> which) {
    List<KnownMessage> oldestFirst =
        all().stream()
            .filter(which)
            .sorted(Comparator.comparingLong(KnownMessage::createdAtMillis))
            .toList();
    oldestFirst.stream().limit(Math.max(0, oldestFirst.size() - most)).forEach(this::forget);
  }

  private void remove(String id) {
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
      text.append(KnownText.BETWEEN);
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
  public Collection<KnownMessage> all() {
    List<KnownMessage> all = new ArrayList<>(entries.size());
    entries.values().forEach(entry -> all.add(entry.message()));
    return all;
  }

  /** How many there are. */
  public int size() {
    return entries.size();
  }
}
