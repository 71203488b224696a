package dev.birdconnect.source.reading;

import dev.birdconnect.source.position.LeftOut;
import dev.birdconnect.source.position.Origin;
import dev.birdconnect.source.position.Place;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.position.SurplusSpan;
import dev.birdconnect.source.status.KnownMessage;
import dev.birdconnect.source.status.KnownMessages;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What of one shard is emitted, and the messages of it that are remembered. */
final class Shard {

  private static final int BETWEEN_TRIMS = 32;

  private final KnownMessages known;
  private final Set<String> gone = new HashSet<>();
  private final List<LeftOut> leftOut;
  private Optional<Position> frontier;
  private int records;
  private int closedSinceTrim;

  /**
   * @param state what is stored of it
   * @param start the place before the first message to emit, where nothing is stored
   * @throws IllegalArgumentException when the state cannot be read
   */
  Shard(Optional<ShardState> state, Optional<Position> start) {
    frontier = state.map(ShardState::frontier).or(() -> start);
    records = state.map(ShardState::records).orElse(0);
    leftOut = state.map(ShardState::leftOut).orElse(List.of());
    known =
        new KnownMessages(
            state.map(stored -> stored.known().messages()).orElse(List.of()),
            state.map(ShardState::completeAfter).orElse(Long.MIN_VALUE));
  }

  void beginAt(Position start) {
    frontier = Optional.of(start);
  }

  Optional<KnownMessage> known(String id) {
    return known.get(id);
  }

  /** Whether a message at this place that is not known was never emitted. */
  boolean isUnknown(Position position) {
    return frontier.isEmpty()
        || position.isAfter(frontier.get())
        || position.createdAt().toEpochMilli() > known.completeAfter();
  }

  /** Whether a start set by hand leaves out a message made at a time, with older ones emitted. */
  boolean isLeftOut(Instant createdAt) {
    return leftOut.stream().anyMatch(some -> some.covers(createdAt));
  }

  /** A message goes out. */
  void emitted(Position position, KnownMessage message) {
    emittedUpTo(position);
    known.put(message);
  }

  /** Nothing of the shard is left to be emitted up to here. */
  void emittedUpTo(Position position) {
    if (frontier.isEmpty() || position.isAfter(frontier.get())) {
      frontier = Optional.of(position);
    }
  }

  /** Whether less of this shard is emitted than of another one. */
  boolean isBehind(Shard other) {
    return other.frontier.isPresent()
        && (frontier.isEmpty() || other.frontier.get().isAfter(frontier.get()));
  }

  /** A status goes out of a message that may get further ones. */
  void moved(KnownMessage message) {
    known.put(message);
  }

  /** A message was read, and what it showed goes out. */
  void read(String id, Instant serverTime) {
    known.read(id, serverTime.toEpochMilli());
  }

  /** Up to when the statuses of a known message are emitted, now at the latest. */
  Instant seenUpTo(KnownMessage message, Instant serverTime) {
    return Instant.ofEpochMilli(Math.min(known.seenUpTo(message), serverTime.toEpochMilli()));
  }

  /**
   * A status goes out of a message that gets no further ones. It stays known as long as it is among
   * the latest, so that a step after a final status, and a message that comes late, can be told.
   *
   * @param closed which messages get no further statuses
   * @param latestFrom messages made before it are not among the latest
   */
  void closed(KnownMessage message, Predicate<KnownMessage> closed, Instant latestFrom) {
    known.put(message);
    if (message.createdAtMillis() < latestFrom.toEpochMilli()) {
      known.forget(message);
      return;
    }
    closedSinceTrim++;
    if (closedSinceTrim >= BETWEEN_TRIMS) {
      trim(closed, latestFrom);
    }
  }

  /** Forgets what is closed and not among the latest. */
  void trim(Predicate<KnownMessage> closed, Instant latestFrom) {
    closedSinceTrim = 0;
    Predicate<KnownMessage> over = closed.or(message -> gone.contains(message.id()));
    known.forgetOld(over, latestFrom.toEpochMilli(), Shards.LATEST);
    gone.removeIf(id -> known.get(id).isEmpty());
  }

  void forget(KnownMessage message) {
    known.forget(message);
  }

  /** The message is no longer there: it stays known, but is not open any more. */
  void gone(String id) {
    if (known.get(id).isPresent()) {
      gone.add(id);
    }
  }

  boolean isGone(String id) {
    return gone.contains(id);
  }

  /** How many messages are remembered. */
  int size() {
    return known.size();
  }

  Collection<KnownMessage> all() {
    return known.all();
  }

  /** A record of the shard goes out; its state after it. */
  ShardState nextState(Origin origin, Place place, Optional<SurplusSpan> surplus) {
    records++;
    return new ShardState(
        origin,
        records,
        frontier.orElseThrow(),
        place,
        known.completeAfter(),
        known.texts(),
        surplus,
        leftOut);
  }
}
