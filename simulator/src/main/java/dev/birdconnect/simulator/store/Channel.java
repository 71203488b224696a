package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.life.Timeline;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.simulator.switches.Switches;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A channel with its messages in the order of the list. Safe for use by several threads. */
public final class Channel {
  private static final int LATE_ONE_IN = 3;

  private final ChannelSettings settings;
  private final UUID connectorId;
  private final Switches switches;
  private final long createdAtMillis;
  private final long seed;
  private final boolean magicReceivers;
  private final PositionSource positions;
  private final ConcurrentSkipListMap<Position, StoredMessage> inOrder =
      new ConcurrentSkipListMap<>();
  private final ConcurrentMap<UUID, StoredMessage> byId = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Long> lastInbound = new ConcurrentHashMap<>();
  private final ConcurrentMap<UUID, List<Interaction>> interactions = new ConcurrentHashMap<>();

  Channel(
      ChannelSettings settings,
      Clock clock,
      Switches switches,
      long seed,
      boolean magicReceivers,
      PositionSource positions) {
    this.settings = settings;
    this.switches = switches;
    this.createdAtMillis = clock.millis();
    this.seed = seed ^ settings.id().getLeastSignificantBits();
    this.magicReceivers = magicReceivers;
    this.positions = positions;
    this.connectorId = Ids.named("connector", settings.id().toString());
  }

  /** What it was set up with. */
  public ChannelSettings settings() {
    return settings;
  }

  /** Its id. */
  public UUID id() {
    return settings.id();
  }

  /** Id of the connector behind it. */
  public UUID connectorId() {
    return connectorId;
  }

  /** When it was set up, in milliseconds since 1970. */
  public long createdAtMillis() {
    return createdAtMillis;
  }

  /** Makes a message: from here on it is in the list, at its end. */
  public StoredMessage add(Draft draft) {
    byte[] fields = Json.mapper().writeValueAsBytes(draft.resource());
    SwitchValues values = switches.values();
    Fate fate = Fate.of(draft, magicReceivers, values);
    // Not the draft itself: it holds the tree of the whole message.
    Optional<Long> scheduledFor = draft.scheduledForMillis();
    synchronized (positions) {
      long rank = positions.given();
      Position position = positions.next();
      long luck = luck(draft, rank);
      long createdAt = position.createdAtMillis();
      Supplier<Timeline> life =
          draft.incoming()
              ? () -> Timeline.incoming(createdAt)
              : () ->
                  fate.applied(
                      Timeline.outgoing(
                          settings.profile(), luck, fate.outcome(), createdAt, scheduledFor));
      long readableFrom = createdAt + draft.visibleAfterMillis() + values.millis(Switch.READ_DELAY);
      boolean late = rank % LATE_ONE_IN == LATE_ONE_IN - 1;
      long listedFrom = readableFrom + (late ? values.millis(Switch.LATE_ARRIVALS) : 0);
      StoredMessage message =
          new StoredMessage(
              position, rank, readableFrom, listedFrom, draft, unchanging(position, fields), life);
      byId.put(position.id(), message);
      inOrder.put(position, message);
      if (draft.incoming()) {
        lastInbound.merge(draft.receiver(), createdAt, Math::max);
      }
      return message;
    }
  }

  /** The message with this id, visible or not. */
  public Optional<StoredMessage> find(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All messages made, the oldest first, visible or not. */
  public Collection<StoredMessage> all() {
    return Collections.unmodifiableCollection(inOrder.values());
  }

  /** When this identifier last sent something here, in milliseconds since 1970. */
  public Optional<Long> lastInbound(String identifier) {
    return Optional.ofNullable(lastInbound.get(identifier));
  }

  /** When an identifier of this kind last sent something here, in milliseconds since 1970. */
  public Optional<Long> lastInboundOf(Predicate<String> identifier) {
    return lastInbound.entrySet().stream()
        .filter(entry -> identifier.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .max(Long::compare);
  }

  /** Notes what a recipient did with a message of this channel. */
  public void note(UUID messageId, Interaction interaction) {
    interactions.computeIfAbsent(messageId, id -> new CopyOnWriteArrayList<>()).add(interaction);
  }

  /** What recipients did with a message, in the order in which it was noted. */
  public List<Interaction> interactions(UUID messageId) {
    return List.copyOf(interactions.getOrDefault(messageId, List.of()));
  }

  /**
   * Up to {@code limit} messages.
   *
   * @param after where the page before ended; not part of this page
   * @param newestFirst direction of reading
   * @param shown which messages there are for the reader
   */
  public List<StoredMessage> page(
      Optional<Position> after, boolean newestFirst, Predicate<StoredMessage> shown, int limit) {
    NavigableMap<Position, StoredMessage> rest =
        after
            .map(
                p ->
                    newestFirst
                        ? (NavigableMap<Position, StoredMessage>) inOrder.headMap(p, false)
                        : inOrder.tailMap(p, false))
            .orElse(inOrder);
    List<StoredMessage> page = new ArrayList<>(Math.min(limit, 1000));
    for (StoredMessage message : (newestFirst ? rest.descendingMap() : rest).values()) {
      if (page.size() == limit) {
        break;
      }
      if (shown.test(message)) {
        page.add(message);
      }
    }
    return page;
  }

  private long luck(Draft draft, long rank) {
    // By reference, so that the same sends have the same life in whatever order they arrive.
    long own =
        draft.reference().isEmpty()
            ? rank
            : Ids.named(draft.reference(), draft.receiver()).getMostSignificantBits();
    return seed * 31 + own;
  }

  private byte[] unchanging(Position position, byte[] fields) {
    JsonBytes out = new JsonBytes(fields.length + 180);
    out.append("{\"id\":\"").append(position.id().toString());
    out.append("\",\"channelId\":\"").append(settings.id().toString());
    out.append("\",\"platformId\":\"").append(settings.platform()).append("\",");
    out.append(Arrays.copyOfRange(fields, 1, fields.length - 1));
    return out.toByteArray();
  }
}
