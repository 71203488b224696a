package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.life.Fate;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.simulator.life.Throughput;
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
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

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
  private final Throughput platform = new Throughput();
  private final Interactions interactions = new Interactions();
  private final ConcurrentMap<String, Long> lastInbound = new ConcurrentHashMap<>();
  private final Clock clock;
  private volatile LifeProfile profile;

  Channel(
      ChannelSettings settings,
      Clock clock,
      Switches switches,
      long seed,
      boolean magicReceivers,
      PositionSource positions) {
    this.settings = settings;
    this.profile = settings.profile();
    this.clock = clock;
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
    Ending ending = Ending.of(draft, magicReceivers, values);
    synchronized (positions) {
      long rank = positions.given();
      Position position = positions.next();
      long luck = luck(draft, rank);
      long createdAt = position.createdAtMillis();
      Optional<Fate> fate =
          draft.incoming()
              ? Optional.empty()
              : Optional.of(
                  Fate.of(
                      profile,
                      luck,
                      ending.outcome(),
                      createdAt,
                      draft.scheduledForMillis(),
                      platform));
      long readableFrom = createdAt + draft.visibleAfterMillis() + values.millis(Switch.READ_DELAY);
      boolean late = rank % LATE_ONE_IN == LATE_ONE_IN - 1;
      long listedFrom =
          Math.max(readableFrom, createdAt + draft.listedAfterMillis())
              + (late ? values.millis(Switch.LATE_ARRIVALS) : 0);
      StoredMessage message =
          new StoredMessage(
              position,
              rank,
              readableFrom,
              listedFrom,
              new WrittenContent(draft, unchanging(position, fields), createdAt, fate, ending));
      byId.put(position.id(), message);
      inOrder.put(position, message);
      if (draft.incoming()) {
        lastInbound.merge(draft.receiver(), createdAt, Math::max);
      }
      return message;
    }
  }

  /** Puts a message of the past in its place; only before all that was made since. */
  public void addPast(Position position, Content content) {
    synchronized (positions) {
      long createdAt = position.createdAtMillis();
      StoredMessage message =
          new StoredMessage(position, positions.rankOfPast(), createdAt, createdAt, content);
      byId.put(position.id(), message);
      inOrder.put(position, message);
    }
  }

  /** The message with this id, visible or not. */
  public Optional<StoredMessage> find(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** How messages made from now on live. */
  public LifeProfile profile() {
    return profile;
  }

  /** Lets messages made from now on live like this. */
  public void liveBy(LifeProfile newProfile) {
    profile = newProfile;
  }

  /** The interactions of a message up to now, the first one first; none for an unknown message. */
  public List<Interaction> interactions(UUID messageId) {
    return find(messageId)
        .map(message -> interactions.of(message, clock.millis()))
        .orElseGet(List::of);
  }

  /**
   * A receiver does something with a message now; empty for an unknown message.
   *
   * @param more further fields of the resource
   */
  public Optional<Interaction> interact(UUID messageId, String type, ObjectNode more) {
    return find(messageId).map(message -> interactions.add(message, type, clock.millis(), more));
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
    appendIdentity(position, out);
    out.append(Arrays.copyOfRange(fields, 1, fields.length - 1));
    return out.toByteArray();
  }

  /** The first fields of a message, with the opening brace and a comma at the end. */
  public void appendIdentity(Position position, JsonBytes out) {
    out.append("{\"id\":\"").append(position.id().toString());
    out.append("\",\"channelId\":\"").append(settings.id().toString());
    out.append("\",\"platformId\":\"").append(settings.platform()).append("\",");
  }
}
