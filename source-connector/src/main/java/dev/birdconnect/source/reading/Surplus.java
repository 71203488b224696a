package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.position.SurplusSpan;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.status.EmittedStatus;
import dev.birdconnect.source.status.KnownMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The open messages of a channel that the offsets have no room for. Their statuses are emitted at
 * least once: a number of them is remembered in memory only, so that a restart does not know what
 * was emitted of them; of the others it is only known between which times they were made. These are
 * found again by reading the list down to the oldest of them, and what they have moved to since the
 * last such reading is emitted.
 */
final class Surplus {

  /** The sequence number of their statuses, so that repeats have the same event id. */
  private static final int NOT_COUNTED = StatusSeen.NOT_COUNTED;

  private record Remembered(int shard, KnownMessage message, long lookedAtMillis) {

    private EmittedStatus last() {
      return message.last().orElseThrow();
    }
  }

  /** What is known of the messages of a shard that are not remembered. */
  private static final class Others {
    private boolean some;
    private boolean sought;
    private long oldestFound = Long.MAX_VALUE;

    private void found(long createdAtMillis) {
      some = true;
      oldestFound = Math.min(oldestFound, createdAtMillis);
    }
  }

  private final int most;
  private final Duration margin;
  private final Map<String, Remembered> remembered = new LinkedHashMap<>();
  private final Map<Integer, SurplusSpan> spans = new HashMap<>();
  private final Map<Integer, Others> others = new HashMap<>();

  /**
   * @param restored the states of the shards
   * @param most how many messages may be remembered
   * @param margin how much earlier than it was seen a status may say to have begun
   */
  Surplus(Map<Integer, ShardState> restored, int most, Duration margin) {
    this.most = most;
    this.margin = margin;
    restored.forEach(
        (shard, state) ->
            state
                .surplus()
                .ifPresent(
                    span -> {
                      spans.put(shard, span);
                      others(shard).some = true;
                    }));
  }

  private Others others(int shard) {
    return others.computeIfAbsent(shard, absent -> new Others());
  }

  /** What the offset of a shard says. */
  Optional<SurplusSpan> span(int shard) {
    return Optional.ofNullable(spans.get(shard));
  }

  /**
   * Takes an open message for which the offsets have no room any more.
   *
   * @param seenUpTo its statuses before this time are emitted
   */
  void add(KnownMessage message, Instant seenUpTo) {
    int shard = Shards.of(message.id());
    EmittedStatus last = message.last().orElseThrow();
    long seen = seenUpTo.toEpochMilli();
    spans.merge(shard, span(message, seen), SurplusSpan::with);
    EmittedStatus uncounted = new EmittedStatus(last.status(), last.atMillis(), NOT_COUNTED);
    remember(shard, message.with(uncounted), seen);
    if (remembered.size() > most) {
      Iterator<Remembered> all = remembered.values().iterator();
      Remembered first = all.next();
      others(first.shard()).found(first.message().createdAtMillis());
      all.remove();
    }
  }

  private void remember(int shard, KnownMessage message, long lookedAt) {
    remembered.put(message.id(), new Remembered(shard, message, lookedAt));
  }

  /** A message as it is read, with what is remembered of it. */
  KnownMessage read(Message message, Instant serverTime) {
    return known(message.id())
        .map(known -> known.readAgain(message, serverTime))
        .orElseGet(() -> KnownMessage.of(message, Optional.empty()));
  }

  /**
   * Looks at a message that was emitted once and is not among the known ones.
   *
   * @param old whether its statuses are no longer followed
   * @return the status to be emitted, if any
   */
  Optional<StatusSeen> look(Message message, boolean old, Instant serverTime) {
    int shard = Shards.of(message.id());
    SurplusSpan span = spans.get(shard);
    if (span == null || !span.covers(message.createdAt())) {
      return Optional.empty();
    }
    if (old) {
      remembered.remove(message.id());
      return Optional.empty();
    }
    Optional<EmittedStatus> last =
        Optional.ofNullable(remembered.get(message.id())).map(Remembered::last);
    boolean moved =
        last.map(status -> status.differsFrom(message))
            .orElseGet(() -> !message.lastStatusAt().isBefore(seen(span)));
    note(shard, message, serverTime);
    Optional<MessageStatus> previous = last.map(EmittedStatus::status);
    return moved ? Optional.of(new StatusSeen(message, previous, NOT_COUNTED)) : Optional.empty();
  }

  private Instant seen(SurplusSpan span) {
    return Instant.ofEpochMilli(span.seenMillis()).minus(margin);
  }

  private void note(int shard, Message message, Instant serverTime) {
    EmittedStatus status =
        new EmittedStatus(message.status(), message.lastStatusAt().toEpochMilli(), NOT_COUNTED);
    KnownMessage known = read(message, serverTime).with(status);
    if (remembered.containsKey(message.id()) || remembered.size() < most) {
      remember(shard, known, serverTime.toEpochMilli());
    } else if (!known.isFinal()) {
      others(shard).found(known.createdAtMillis());
    }
  }

  /** Those that are remembered and open. */
  Collection<KnownMessage> open() {
    List<KnownMessage> open = new ArrayList<>();
    for (Remembered one : remembered.values()) {
      if (!one.message().isFinal()) {
        open.add(one.message());
      }
    }
    return open;
  }

  /** What is remembered of a message. */
  Optional<KnownMessage> known(String messageId) {
    return Optional.ofNullable(remembered.get(messageId)).map(Remembered::message);
  }

  /** A message is no longer there; whether it was remembered as open. */
  boolean gone(String messageId) {
    Remembered one = remembered.remove(messageId);
    return one != null && !one.message().isFinal();
  }

  /** When the oldest one may have been made that is not remembered; empty where all are. */
  Optional<Instant> othersFrom() {
    return others.entrySet().stream()
        .filter(shard -> shard.getValue().some)
        .flatMap(shard -> span(shard.getKey()).stream())
        .map(span -> Instant.ofEpochMilli(span.fromMillis()))
        .min(Instant::compareTo);
  }

  /** The list is about to be read down to {@link #othersFrom}. */
  void readingBegins() {
    for (Others found : others.values()) {
      found.sought = found.some;
      found.oldestFound = Long.MAX_VALUE;
    }
  }

  /**
   * The list was read down to {@link #othersFrom}.
   *
   * @param begun when that began, by the server's clock
   */
  void readingEnds(Instant begun) {
    others.forEach(
        (shard, found) -> {
          if (found.sought) {
            found.some = found.oldestFound != Long.MAX_VALUE;
            long from = Math.min(found.oldestFound, oldestRemembered(shard));
            if (from == Long.MAX_VALUE) {
              spans.remove(shard);
            } else {
              spans.computeIfPresent(
                  shard,
                  (same, span) -> new SurplusSpan(from, span.toMillis(), begun.toEpochMilli()));
            }
          }
        });
  }

  private long oldestRemembered(int shard) {
    return remembered.values().stream()
        .filter(one -> one.shard() == shard)
        .mapToLong(one -> one.message().createdAtMillis())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Forgets those that are not followed any more and not needed to know repeats, and shards of
   * which none is left.
   */
  void tidy(Predicate<KnownMessage> old, Instant serverTime) {
    remembered.values().removeIf(one -> old.test(one.message()) || isPast(one));
    Map<Integer, SurplusSpan> left = new HashMap<>();
    for (Remembered one : remembered.values()) {
      long seen = one.message().isFinal() ? serverTime.toEpochMilli() : one.lookedAtMillis();
      left.merge(one.shard(), span(one.message(), seen), SurplusSpan::with);
    }
    spans.keySet().removeIf(shard -> !others(shard).some && !left.containsKey(shard));
    spans.replaceAll((shard, span) -> others(shard).some ? span : left.getOrDefault(shard, span));
  }

  private boolean isPast(Remembered one) {
    return one.message().isFinal()
        && span(one.shard())
            .filter(span -> one.last().atMillis() < seen(span).toEpochMilli())
            .isPresent();
  }

  private static SurplusSpan span(KnownMessage message, long seen) {
    return new SurplusSpan(message.createdAtMillis(), message.createdAtMillis(), seen);
  }
}
