package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.source.position.ChannelState;
import dev.birdconnect.source.position.Origin;
import dev.birdconnect.source.position.Phase;
import dev.birdconnect.source.position.Place;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.status.EmittedStatus;
import dev.birdconnect.source.status.KnownMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What of a channel is emitted, and the one place that decides what of a message read is new. Every
 * emission carries the state of its own shard only, so what is stored never claims more than what
 * went out before it.
 */
final class ChannelMemory {

  private static final double ROOM_AFTER_MOVING = 0.95;

  /**
   * How many open messages are remembered.
   *
   * @param stored in the offsets
   * @param surplus beyond them
   */
  record Room(int stored, int surplus) {
    static final Room USUAL = new Room(Shards.MOST_OPEN, Shards.MOST_SURPLUS);
  }

  private final Shard[] shards = new Shard[Shards.COUNT];
  private Optional<ShardState> furthestBehind;
  private final Duration statusMaxAge;
  private final Duration lookBack;
  private final int mostStored;
  private final Surplus surplus;
  private final StartTaking startTaking;
  private Optional<Instant> presentFrom = Optional.empty();
  private Origin origin;
  private Optional<Position> highest;

  /**
   * @param restored what is stored
   * @param origin where the reading has begun or begins
   * @param settings how the channel is read
   * @param room for open messages
   * @throws IllegalArgumentException when a state cannot be read
   */
  ChannelMemory(ChannelState restored, Origin origin, ReadSettings settings, Room room) {
    this.origin = origin;
    this.statusMaxAge = settings.statusMaxAge();
    this.lookBack = settings.lookBack();
    this.mostStored = room.stored();
    this.surplus = new Surplus(restored.shards(), room.surplus(), lookBack);
    this.startTaking = new StartTaking(restored.startUntaken());
    for (int i = 0; i < shards.length; i++) {
      Optional<ShardState> state = Optional.ofNullable(restored.shards().get(i));
      shards[i] = new Shard(state, origin.floor());
    }
    this.highest =
        restored.shards().values().stream()
            .map(ShardState::frontier)
            .max(Comparator.naturalOrder());
    this.furthestBehind =
        restored.shards().size() < shards.length
            ? atStart()
            : restored.shards().values().stream().min(Comparator.comparing(ShardState::frontier));
  }

  /** Takes the position to begin at when it was not known before, and nothing is emitted. */
  void beginAt(Instant start) {
    origin = Origin.at(start);
    furthestBehind = atStart();
    for (Shard shard : shards) {
      shard.beginAt(Position.before(start));
    }
  }

  private Optional<ShardState> atStart() {
    return origin.floor().map(floor -> ShardState.none(origin, floor));
  }

  /** Where to go on: at the shard that is furthest behind. */
  Resume resume() {
    if (furthestBehind.isEmpty()) {
      return new Resume.FromOldest();
    }
    ShardState state = furthestBehind.get();
    if (state.place().phase() == Phase.TAIL) {
      return new Resume.FromHead(state.frontier());
    }
    return state
        .place()
        .pageToken()
        .<Resume>map(token -> new Resume.FromPage(token, state.frontier()))
        .orElse(new Resume.FromOldest());
  }

  /** The last message that was emitted in order, or the start; empty when there is neither. */
  Optional<Position> highest() {
    return highest.or(origin::floor);
  }

  /** The replacement of a start set by hand. */
  StartTaking startTaking() {
    return startTaking;
  }

  /**
   * All that there is is emitted.
   *
   * @param upTo what has come about after it is yet to be read
   */
  void isUpToPresent(Instant upTo) {
    presentFrom = presentFrom.or(() -> Optional.of(upTo));
  }

  /** Looks at a message that was read and emits what of it is new. */
  void look(Sighting sighting, Instant serverTime, Consumer<Emission> out) {
    Message message = sighting.message();
    int shard = Shards.of(message.id());
    Look look = new Look(sighting, Position.of(message), shard, serverTime, out);
    Optional<KnownMessage> known = shards[shard].known(message.id());
    if (known.isPresent()) {
      step(look, known.get());
    } else if (isUnknown(look)) {
      step(look, emitMessage(look));
    } else if (!shards[shard].isLeftOut(message.createdAt())) {
      boolean old = isOld(surplus.read(message, serverTime), serverTime);
      surplus.look(message, old, serverTime).ifPresent(status -> emit(look, status));
    }
    shards[shard].read(message.id(), serverTime);
  }

  /** Whether a look at a message would emit something of it, surplus ones left aside. */
  boolean isNews(Message message, Instant serverTime) {
    Shard shard = shards[Shards.of(message.id())];
    Optional<KnownMessage> known = shard.known(message.id());
    if (known.isEmpty()) {
      return !isBeforeStart(message) && shard.isUnknown(Position.of(message));
    }
    boolean old = isOld(known.get().readAgain(message, serverTime), serverTime);
    return known.get().last().map(last -> !old && last.differsFrom(message)).orElse(true);
  }

  private boolean isUnknown(Look look) {
    return !isBeforeStart(look.message()) && shards[look.shard].isUnknown(look.position);
  }

  /** Messages made before it are not emitted; empty for none. */
  Optional<Instant> start() {
    return origin.start();
  }

  /** Whether a message was made before the reading begins. */
  boolean isBeforeStart(Message message) {
    return origin.start().filter(start -> message.createdAt().isBefore(start)).isPresent();
  }

  private record Look(
      Sighting sighting, Position position, int shard, Instant serverTime, Consumer<Emission> out) {

    private Message message() {
      return sighting.message();
    }
  }

  private KnownMessage emitMessage(Look look) {
    boolean late = highest.filter(position -> !look.position.isAfter(position)).isPresent();
    if (!late) {
      highest = Optional.of(look.position);
    }
    KnownMessage known = KnownMessage.of(look.message(), Optional.empty());
    shards[look.shard].emitted(look.position, known);
    emit(look, new MessageSeen(look.message(), late));
    return known;
  }

  private void step(Look look, KnownMessage before) {
    Message message = look.message();
    Optional<EmittedStatus> last = before.last();
    KnownMessage read = before.readAgain(message, look.serverTime);
    boolean old = isOld(read, look.serverTime);
    boolean seen = last.isPresent() && (old || !last.get().differsFrom(message));
    if (seen) {
      return;
    }
    EmittedStatus present =
        last.map(status -> status.next(message)).orElseGet(() -> EmittedStatus.first(message));
    KnownMessage known = read.with(present);
    if (old || known.isFinal()) {
      shards[look.shard].closed(known, closedAt(look.serverTime), latestFrom(look.serverTime));
    } else {
      shards[look.shard].moved(known);
    }
    Optional<MessageStatus> previous = last.map(EmittedStatus::status);
    emit(look, new StatusSeen(message, previous, present.sequence()));
  }

  private void emit(Look look, ChannelEvent event) {
    boolean takesStart = startTaking.tryNext(look.shard);
    ShardState state = nextState(look.shard, look.sighting.place());
    boolean recent = presentFrom.filter(from -> !event.time().isBefore(from)).isPresent();
    look.out.accept(new Emission(event, look.shard, state, takesStart, recent));
  }

  private ShardState nextState(int shard, Place place) {
    Origin now = startTaking.isTaken() ? origin.asTaken() : origin;
    return shards[shard].nextState(now, place, surplus.span(shard));
  }

  /**
   * Makes a heartbeat, on the shard that is furthest behind.
   *
   * @param emittedUpTo all messages made before it are emitted
   * @param place where the last of them was found
   */
  Heartbeat heartbeat(Instant emittedUpTo, Instant serverTime, Place place) {
    int behind = 0;
    for (int shard = 1; shard < shards.length; shard++) {
      if (shards[shard].isBehind(shards[behind])) {
        behind = shard;
      }
    }
    shards[behind].emittedUpTo(Position.before(emittedUpTo));
    boolean takesStart = startTaking.tryNext(behind);
    ShardState state = nextState(behind, place);
    return new Heartbeat(emittedUpTo, serverTime, behind, state, takesStart);
  }

  /** The messages that are open and remembered. */
  Collection<KnownMessage> open(Instant serverTime) {
    Collection<KnownMessage> open = openAndStored(serverTime);
    open.addAll(surplus.open());
    return open;
  }

  private Collection<KnownMessage> openAndStored(Instant serverTime) {
    Predicate<KnownMessage> closed = closedAt(serverTime);
    List<KnownMessage> open = new ArrayList<>();
    for (Shard shard : shards) {
      for (KnownMessage message : shard.all()) {
        if (!closed.test(message) && !shard.isGone(message.id())) {
          open.add(message);
        }
      }
    }
    return open;
  }

  /** What is remembered of a message. */
  Optional<KnownMessage> known(String messageId) {
    return shards[Shards.of(messageId)].known(messageId).or(() -> surplus.known(messageId));
  }

  /** When the oldest message was made that is remembered though it is closed. */
  Optional<Instant> oldestClosed(Instant serverTime) {
    Predicate<KnownMessage> closed = closedAt(serverTime);
    long oldest = Long.MAX_VALUE;
    for (Shard shard : shards) {
      for (KnownMessage message : shard.all()) {
        if (closed.test(message)) {
          oldest = Math.min(oldest, message.createdAtMillis());
        }
      }
    }
    return oldest == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest));
  }

  /** A message is no longer there. */
  void gone(String messageId) {
    shards[Shards.of(messageId)].gone(messageId);
    surplus.gone(messageId);
  }

  /** Forgets what is closed and no longer among the latest. */
  void tidy(Instant serverTime) {
    for (Shard shard : shards) {
      shard.trim(closedAt(serverTime), latestFrom(serverTime));
    }
    surplus.tidy(message -> isOld(message, serverTime), serverTime);
  }

  /** Open messages that the offsets have no room for. */
  Surplus surplus() {
    return surplus;
  }

  /**
   * Takes the open messages that were made first out of the offsets when there are too many, and a
   * few more, so that this is not needed for every message; returns how many. Their age does not
   * count: whatever was made before one that is taken out counts as emitted.
   */
  int makeRoom(Instant serverTime) {
    if (Arrays.stream(shards).mapToInt(Shard::size).sum() <= mostStored) {
      return 0;
    }
    Collection<KnownMessage> open = openAndStored(serverTime);
    if (open.size() <= mostStored) {
      return 0;
    }
    int tooMany = open.size() - (int) (mostStored * ROOM_AFTER_MOVING);
    List<KnownMessage> oldest =
        open.stream()
            .filter(message -> message.last().isPresent())
            .sorted(Comparator.comparingLong(KnownMessage::createdAtMillis))
            .limit(tooMany)
            .toList();
    for (KnownMessage message : oldest) {
      Shard shard = shards[Shards.of(message.id())];
      surplus.add(message, shard.seenUpTo(message, serverTime));
      shard.forget(message);
    }
    return oldest.size();
  }

  private Predicate<KnownMessage> closedAt(Instant serverTime) {
    return message ->
        message.isFinal() || (message.last().isPresent() && isOld(message, serverTime));
  }

  private Instant latestFrom(Instant serverTime) {
    return serverTime.minus(lookBack);
  }

  private boolean isOld(KnownMessage message, Instant serverTime) {
    return message.age(serverTime).compareTo(statusMaxAge) > 0;
  }
}
