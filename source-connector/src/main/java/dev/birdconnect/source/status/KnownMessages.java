package dev.birdconnect.source.status;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The known messages of one shard.
 *
 * <p>Every emitted message of the shard that was made after {@link #completeAfter} is here; so one
 * made after it that is not here was never emitted.
 */
public final class KnownMessages {

  private final Map<String, Integer> places = new HashMap<>();
  private final List<KnownEntry> entries = new ArrayList<>();
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
    return Optional.ofNullable(places.get(id)).map(place -> entries.get(place).message());
  }

  /** Adds a message, or puts it in the place of an earlier state of itself. */
  public void put(KnownMessage message) {
    KnownEntry entry = new KnownEntry(message);
    Integer place = places.get(message.id());
    if (place == null) {
      places.put(message.id(), entries.size());
      entries.add(entry);
    } else {
      entries.set(place, entry);
    }
  }

  /**
   * A message was read, and what it showed is known; nothing where the message is not.
   *
   * @param millis when it was read, in milliseconds since 1970 by the server's clock
   */
  public void read(String id, long millis) {
    Integer place = places.get(id);
    if (place != null) {
      entries.get(place).readAt(millis);
    }
  }

  /**
   * Up to when the statuses of a message are known, in milliseconds since 1970: up to its last
   * reading, or up to its last status where it was not read since it was stored.
   */
  public long seenUpTo(KnownMessage message) {
    long last = message.last().map(EmittedStatus::atMillis).orElse(message.createdAtMillis());
    Integer place = places.get(message.id());
    return place == null ? last : Math.max(last, entries.get(place).readAtMillis());
  }

  /** Forgets a message that was emitted; the last one takes its place. */
  public void forget(KnownMessage message) {
    completeAfter = Math.max(completeAfter, message.createdAtMillis());
    Integer place = places.remove(message.id());
    if (place == null) {
      return;
    }
    KnownEntry last = entries.remove(entries.size() - 1);
    if (place < entries.size()) {
      entries.set(place, last);
      places.put(last.message().id(), place);
    }
  }

  /**
   * Forgets those of certain messages that were made before a time, and of the others those made
   * first until few enough are left.
   *
   * @param which the messages that may be forgotten
   * @param millis the time, in milliseconds since 1970
   * @param most how many of them may stay
   */
  public void forgetOld(Predicate<KnownMessage> which, long millis, int most) {
    List<KnownMessage> latest = new ArrayList<>();
    for (int place = entries.size() - 1; place >= 0; place--) {
      KnownMessage message = entries.get(place).message();
      if (which.test(message)) {
        if (message.createdAtMillis() < millis) {
          forget(message);
        } else {
          latest.add(message);
        }
      }
    }
    int tooMany = latest.size() - most;
    if (tooMany > 0) {
      latest.sort(Comparator.comparingLong(KnownMessage::createdAtMillis));
      latest.subList(0, tooMany).forEach(this::forget);
    }
  }

  /** All of them as they are now. */
  public KnownTexts texts() {
    return KnownTexts.ofEntries(new ArrayList<>(entries));
  }

  /** All of them. */
  public Collection<KnownMessage> all() {
    List<KnownMessage> messages = new ArrayList<>(entries.size());
    entries.forEach(entry -> messages.add(entry.message()));
    return messages;
  }

  /** How many there are. */
  public int size() {
    return entries.size();
  }
}
