package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.source.position.Phase;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.status.EmittedStatus;
import dev.birdconnect.source.status.OpenMessage;
import dev.birdconnect.source.status.OpenMessages;
import dev.birdconnect.source.status.OpenText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What of a channel is emitted, and the one place that decides what of a message read is new. Every
 * emission carries the state of its own shard only, so what is stored never claims more than what
 * went out before it.
 */
final class ChannelMemory {

  private static final double ROOM_AFTER_CLOSING = 0.95;

  private final Shard[] shards = new Shard[Shards.COUNT];
  private final Optional<ShardState> furthestBehind;
  private final Duration statusMaxAge;
  private final int mostOpen;
  private final RecentMessages recent;
  private int openCount;

  private static final class Shard {
    private Optional<Position> frontier;
    private final OpenMessages open;

    private Shard(Optional<ShardState> state) {
      frontier = state.map(ShardState::frontier);
      open = new OpenMessages(OpenText.parse(state.map(ShardState::open).orElse("")));
    }

    private boolean isNew(Position position) {
      return frontier.isEmpty() || position.isAfter(frontier.get());
    }
  }

  /**
   * @param restored the shards' states as stored
   * @param statusMaxAge how long statuses are followed
   * @param mostOpen most open messages
   * @param mostRecent how many emitted messages are remembered
   * @throws IllegalArgumentException when a state cannot be read
   */
  ChannelMemory(
      Map<Integer, ShardState> restored, Duration statusMaxAge, int mostOpen, int mostRecent) {
    this.statusMaxAge = statusMaxAge;
    this.mostOpen = mostOpen;
    this.recent = new RecentMessages(mostRecent);
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new Shard(Optional.ofNullable(restored.get(i)));
      openCount += shards[i].open.size();
    }
    this.furthestBehind =
        restored.size() < shards.length
            ? Optional.empty()
            : restored.values().stream().min(Comparator.comparing(ShardState::frontier));
  }

  /** Where to go on: at the shard that is furthest behind. */
  Resume resume() {
    if (furthestBehind.isEmpty()) {
      return new Resume.FromOldest();
    }
    ShardState state = furthestBehind.get();
    if (state.phase() == Phase.TAIL) {
      return new Resume.FromHead(state.frontier(), state.pageToken());
    }
    return state
        .pageToken()
        .<Resume>map(token -> new Resume.FromPage(token, state.frontier()))
        .orElse(new Resume.FromOldest());
  }

  /** The last message that was emitted in order; empty when none was. */
  Optional<Position> highest() {
    Optional<Position> highest = Optional.empty();
    for (Shard shard : shards) {
      if (shard.frontier.isPresent()
          && (highest.isEmpty() || shard.frontier.get().isAfter(highest.get()))) {
        highest = shard.frontier;
      }
    }
    return highest;
  }

  /** Notes that every message up to {@link #highest} has been looked at. */
  void completed() {
    highest().ifPresent(recent::completeTo);
  }

  /** Looks at a message that was read and emits what of it is new. */
  void look(Sighting sighting, Instant serverTime, Consumer<Emission> out) {
    Message message = sighting.message();
    Position position = Position.of(message);
    Look look = new Look(sighting, position, Shards.of(message.id()), serverTime, out);
    Optional<OpenMessage> open = shards[look.shard].open.get(message.id());
    if (open.isPresent()) {
      step(look, open.get().last());
    } else if (shards[look.shard].isNew(position) || recent.missed(position)) {
      emitMessage(look);
      step(look, Optional.empty());
    } else if (recent.closedWith(position).isPresent()) {
      step(look, recent.closedWith(position));
    } else if (!recent.knows(position)) {
      recent.know(position, Optional.empty());
    }
  }

  private record Look(
      Sighting sighting, Position position, int shard, Instant serverTime, Consumer<Emission> out) {

    private Message message() {
      return sighting.message();
    }
  }

  private void emitMessage(Look look) {
    Shard shard = shards[look.shard];
    boolean late = recent.hasPassed(look.position);
    if (shard.isNew(look.position)) {
      shard.frontier = Optional.of(look.position);
    }
    open(look, Optional.empty());
    look.out.accept(emission(look, new MessageSeen(look.message(), late)));
  }

  private void step(Look look, Optional<EmittedStatus> last) {
    Message message = look.message();
    if (last.isPresent() && !last.get().differsFrom(message)) {
      recent.know(look.position, isOpen(look) ? Optional.empty() : last);
      return;
    }
    EmittedStatus present =
        last.map(status -> status.next(message)).orElseGet(() -> EmittedStatus.first(message));
    boolean followed =
        !message.status().isFinal()
            && !isOld(OpenMessage.of(message, Optional.empty()), look.serverTime);
    if (followed) {
      open(look, Optional.of(present));
    } else {
      close(message.id());
    }
    recent.know(look.position, followed ? Optional.empty() : Optional.of(present));
    Optional<MessageStatus> previous = last.map(EmittedStatus::status);
    look.out.accept(emission(look, new StatusSeen(message, previous, present.sequence())));
  }

  private boolean isOpen(Look look) {
    return shards[look.shard].open.get(look.message().id()).isPresent();
  }

  private void open(Look look, Optional<EmittedStatus> last) {
    OpenMessages open = shards[look.shard].open;
    int before = open.size();
    open.put(OpenMessage.of(look.message(), last));
    openCount += open.size() - before;
  }

  /** No longer follows a message. */
  void close(String messageId) {
    OpenMessages open = shards[Shards.of(messageId)].open;
    int before = open.size();
    open.remove(messageId);
    openCount += open.size() - before;
  }

  private Emission emission(Look look, ChannelEvent event) {
    Shard shard = shards[look.shard];
    Place place = look.sighting.place();
    return new Emission(
        event,
        look.shard,
        new ShardState(
            shard.frontier.orElse(look.position),
            place.phase(),
            place.pageToken(),
            shard.open.text()));
  }

  /** The messages whose statuses are followed. */
  Collection<OpenMessage> open() {
    List<OpenMessage> all = new ArrayList<>(openCount);
    for (Shard shard : shards) {
      all.addAll(shard.open.all());
    }
    return all;
  }

  /** Whether a message's statuses are followed. */
  boolean follows(String messageId) {
    return shards[Shards.of(messageId)].open.get(messageId).isPresent();
  }

  /** No longer follows messages that are too old; returns how many. */
  int closeOld(Instant serverTime) {
    int closed = 0;
    for (OpenMessage message : open()) {
      if (message.last().isPresent() && isOld(message, serverTime)) {
        close(message.id());
        closed++;
      }
    }
    return closed;
  }

  /**
   * No longer follows the oldest messages when there are too many, and a few more, so that this is
   * not needed for every message; returns how many.
   */
  int closeBeyondRoom() {
    if (openCount <= mostOpen) {
      return 0;
    }
    int surplus = openCount - (int) (mostOpen * ROOM_AFTER_CLOSING);
    List<OpenMessage> oldest =
        open().stream()
            .filter(message -> message.last().isPresent())
            .sorted(Comparator.comparingLong(OpenMessage::agesFrom))
            .limit(surplus)
            .toList();
    oldest.forEach(message -> close(message.id()));
    return oldest.size();
  }

  private boolean isOld(OpenMessage message, Instant serverTime) {
    return message.age(serverTime).compareTo(statusMaxAge) > 0;
  }
}
