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

  /** The open messages of a shard that are not remembered. */
  private static final class Others {
    private Optional<SurplusSpan> all = Optional.empty();
    private Optional<SurplusSpan> foundSinceSought = Optional.empty();
    private boolean sought;

    private void add(SurplusSpan span) {
      all = both(all, span);
      foundSinceSought = both(foundSinceSought, span);
    }

    private static Optional<SurplusSpan> both(Optional<SurplusSpan> some, SurplusSpan more) {
      return Optional.of(some.map(more::with).orElse(more));
    }

    private void readingBegins() {
      sought = all.isPresent();
      foundSinceSought = Optional.empty();
    }

    private void readingEnds(Instant begun) {
      if (sought) {
        // One that memory has forgotten meanwhile may have been looked at before it began.
        all = foundSinceSought.map(span -> span.seenUpTo(begun.toEpochMilli()));
      }
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
                      others(shard).add(span);
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
    EmittedStatus last = message.last().orElseThrow();
    long seen = seenUpTo.toEpochMilli();
    spans.merge(Shards.of(message.id()), span(message, seen), SurplusSpan::with);
    EmittedStatus uncounted = new EmittedStatus(last.status(), last.atMillis(), NOT_COUNTED);
    remember(message.with(uncounted), seen);
    if (remembered.size() > most) {
      forgetFirst();
    }
  }

  private void remember(KnownMessage message, long lookedAt) {
    remembered.put(message.id(), new Remembered(Shards.of(message.id()), message, lookedAt));
  }

  private void forgetFirst() {
    Iterator<Remembered> all = remembered.values().iterator();
    Remembered first = all.next();
    all.remove();
    if (!first.message().isFinal()) {
      others(first.shard()).add(span(first.message(), first.lookedAtMillis()));
    }
  }

  /** A message as it is read, with what is remembered of it. */
  KnownMessage read(Message message, Instant serverTime) {
    return known(message.id())
        .map(known -> known.readAgain(message, serverTime))
        .orElseGet(() -> KnownMessage.of(message, Optional.empty()));
  }

  /**
   * Looks at a message that was emitted once and is not among the known ones. It is closed where
   * all open ones that were made when it was are remembered.
   *
   * @param old whether its statuses are no longer followed
   * @return the status to be emitted, if any
   */
  Optional<StatusSeen> look(Message message, boolean old, Instant serverTime) {
    Optional<EmittedStatus> last =
        Optional.ofNullable(remembered.get(message.id())).map(Remembered::last);
    Optional<SurplusSpan> among =
        others(Shards.of(message.id())).all.filter(span -> span.covers(message.createdAt()));
    if (last.isEmpty() && among.isEmpty()) {
      return Optional.empty();
    }
    if (old) {
      remembered.remove(message.id());
      return Optional.empty();
    }
    boolean moved =
        last.map(status -> status.differsFrom(message))
            .orElseGet(() -> !message.lastStatusAt().isBefore(seen(among.orElseThrow())));
    if (moved || last.isPresent() || !message.status().isFinal()) {
      note(message, serverTime);
    }
    Optional<MessageStatus> previous = last.map(EmittedStatus::status);
    return moved ? Optional.of(new StatusSeen(message, previous, NOT_COUNTED)) : Optional.empty();
  }

  private Instant seen(SurplusSpan span) {
    return Instant.ofEpochMilli(span.seenMillis()).minus(margin);
  }

  private void note(Message message, Instant serverTime) {
    EmittedStatus status =
        new EmittedStatus(message.status(), message.lastStatusAt().toEpochMilli(), NOT_COUNTED);
    KnownMessage known = read(message, serverTime).with(status);
    if (remembered.containsKey(message.id()) || remembered.size() < most) {
      remember(known, serverTime.toEpochMilli());
    } else if (!known.isFinal()) {
      others(Shards.of(message.id())).add(span(known, serverTime.toEpochMilli()));
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
    return others.values().stream()
        .flatMap(some -> some.all.stream())
        .map(span -> Instant.ofEpochMilli(span.fromMillis()))
        .min(Instant::compareTo);
  }

  /** The list is about to be read down to {@link #othersFrom}. */
  void readingBegins() {
    others.values().forEach(Others::readingBegins);
  }

  /**
   * The list was read down to {@link #othersFrom}.
   *
   * @param begun when that began, by the server's clock
   */
  void readingEnds(Instant begun) {
    others.values().forEach(some -> some.readingEnds(begun));
  }

  /**
   * Forgets those that are not followed any more and not needed to know repeats, and shards of
   * which none is left.
   */
  void tidy(Predicate<KnownMessage> old, Instant serverTime) {
    remembered.values().removeIf(one -> old.test(one.message()) || isPast(one));
    spans.clear();
    others.forEach((shard, some) -> some.all.ifPresent(span -> spans.put(shard, span)));
    for (Remembered one : remembered.values()) {
      long seen = one.message().isFinal() ? serverTime.toEpochMilli() : one.lookedAtMillis();
      spans.merge(one.shard(), span(one.message(), seen), SurplusSpan::with);
    }
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
