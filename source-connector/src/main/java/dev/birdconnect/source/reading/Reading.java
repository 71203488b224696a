package dev.birdconnect.source.reading;

import static java.util.stream.Collectors.toSet;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.position.Place;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.status.KnownMessage;
import dev.birdconnect.source.status.ReadPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the activities of one channel's reader share, and the way from one to the next. */
final class Reading {

  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

  final ChannelAddress address;
  final ReadSettings settings;
  final LongSupplier nanoTime;
  final ServerClock serverClock;
  final ChannelMemory memory;
  final ReadPlan plan;
  final Calls calls;
  final ReadingObserver observer;
  final HandOver handOver = new HandOver();
  final Heartbeats heartbeats;
  final Signposts signposts = new Signposts();
  final FailedPages failedPages = new FailedPages();

  final Resting resting = new Resting(this);

  private Activity activity;
  private boolean startsNow;
  private Optional<FoundOrder> found = Optional.empty();
  private Optional<Position> floor = Optional.empty();
  private Optional<Instant> wholeUpTo = Optional.empty();
  private Optional<String> pageToken = Optional.empty();
  private final Map<String, String> passedBy = new HashMap<>();
  private final ReadingBelow below;
  private long countDueAt;
  private long sweepDueAt;

  /**
   * @param observer told what happens
   * @param startsNow whether the present time of the server is where the reading begins
   */
  Reading(
      ChannelAddress address,
      ReadSettings settings,
      LongSupplier nanoTime,
      ServerClock serverClock,
      ChannelMemory memory,
      Calls calls,
      ReadingObserver observer,
      boolean startsNow) {
    this.address = address;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.serverClock = serverClock;
    this.memory = memory;
    this.calls = calls;
    this.observer = observer;
    this.startsNow = startsNow;
    this.heartbeats = new Heartbeats(settings.heartbeatInterval(), nanoTime);
    this.sweepDueAt = nanoTime.getAsLong();
    this.plan = new ReadPlan(settings.pollInterval(), sweepDueAt);
    this.countDueAt = sweepDueAt;
    this.below = new ReadingBelow(this);
    this.activity = new OrderProbe(this);
  }

  Activity activity() {
    return activity;
  }

  boolean hasCome(long time) {
    return nanoTime.getAsLong() - time >= 0;
  }

  /** When the list is to be read from its head again, in nanoseconds. */
  long sweepDueAt() {
    return sweepDueAt;
  }

  /** A reading from the head begins now. */
  void beginCycle() {
    sweepDueAt = nanoTime.getAsLong() + settings.pollInterval().toNanos();
  }

  /** The flag {@code reverse} for reading downwards from the newest message. */
  boolean reverseForNewest() {
    return found.orElseThrow().order().reverseForNewest();
  }

  /** The flag {@code reverse} for reading upwards from the oldest message. */
  boolean reverseForOldest() {
    return found.orElseThrow().order().reverseForOldest();
  }

  /** All up to here is emitted, or not to be; empty when nothing is. */
  Optional<Position> floor() {
    return floor;
  }

  /** Messages made after it are too young to be emitted, by an answer of this time. */
  Instant youngest(Instant asOf) {
    return asOf.minus(settings.overlap());
  }

  /**
   * An answer has come: the reading begins now where it is to begin at the present. An answer
   * without a date tells the present only when it shows the newest message, and begins after it.
   *
   * @param showsNewest whether the answers up to this one have shown the newest message
   */
  void answered(Instant asOf, boolean showsNewest) {
    boolean dated = serverClock.isDated();
    if (startsNow && (dated || showsNewest)) {
      startsNow = false;
      Instant start = dated ? asOf : asOf.plusNanos(1);
      memory.beginAt(start);
      LOG.info("The channel {} is read from {} on.", address.channelId(), start);
    }
  }

  /** The list can be read in an order: goes on where the last run has ended. */
  void begin(FoundOrder order) {
    if (found.filter(order::equals).isEmpty()) {
      // Page tokens belong to the direction they were read in.
      signposts.clear();
    }
    found = Optional.of(order);
    if (floor.isPresent()) {
      sweepNow();
      return;
    }
    Resume resume = memory.resume();
    if (resume instanceof Resume.FromHead head) {
      floor = Optional.of(head.floor());
      sweepNow();
      return;
    }
    if (resume instanceof Resume.FromPage page) {
      floor = Optional.of(page.floor());
      pageToken = Optional.of(page.pageToken());
    }
    activity = new CursorProbe(this);
  }

  /** Reads upwards, as page tokens are positions. */
  void backFill() {
    activity = new BackFilling(this, pageToken, floor);
  }

  /** Reads down from the head to the floor at once. */
  void sweepNow() {
    activity = new Sweeping(this, nanoTime.getAsLong());
  }

  /** What a sweep from the head has found is handed over. */
  void sweepIsWhole(Sweep sweep) {
    resting.sweepIsWhole(sweep);
    sweep.oldestFirst().forEach(message -> handOver.add(new Sighting(message, Place.TAIL)));
    handOver.whenDrained(
        () -> {
          allIsEmitted(sweep.youngest());
          activity = below.afterSweep(sweep.pageToken());
        });
  }

  /**
   * What was read upwards is handed over.
   *
   * @param upTo messages made after it are too young to be emitted
   */
  void backFillIsWhole(Instant upTo) {
    allIsEmitted(upTo);
    activity = below.afterBackFill();
  }

  /** Whether a page may be asked for while what was found is handed over. */
  boolean hasRoomForAPage() {
    return handOver.bytes() <= settings.mostBytes();
  }

  /** Whether a message has its place below what is emitted: it is known, or it has come late. */
  boolean isSettled(Message message) {
    return floor.filter(position -> !Position.of(message).isAfter(position)).isPresent();
  }

  /**
   * A page is handed over, with more to come above it.
   *
   * @param last all up to here is emitted
   * @param place where the last of it was found
   */
  void pageIsEmitted(Optional<Position> last, Place place) {
    floor = last;
    last.ifPresent(position -> isEmittedUpTo(position.createdAt(), place));
    makeRoom();
    if (hasCome(countDueAt)) {
      Collection<KnownMessage> open = memory.open(serverClock.now());
      tellOpen(open);
      plan.keepTo(open);
    }
  }

  /** Everything up to the present is handed over: what is emitted may be read again. */
  private void allIsEmitted(Instant upTo) {
    floor = memory.highest();
    wholeUpTo = Optional.of(upTo);
    memory.isUpToPresent(upTo);
    isEmittedUpTo(upTo, Place.TAIL);
    makeRoom();
    memory.tidy(serverClock.now());
  }

  /**
   * Whether all messages made when the last emitted one was are handed over, late ones excepted.
   */
  boolean floorIsWhole() {
    return floor
        .filter(last -> wholeUpTo.filter(last.createdAt()::isBefore).isPresent())
        .isPresent();
  }

  /** Messages of an age are to be shown once, also those that would not be read again. */
  void showOnce(Duration maxAge) {
    below.showOnce(maxAge);
  }

  void goOnWith(Activity next) {
    activity = next;
  }

  /** Looks at a message that was read and emits what of it is new. */
  void look(Sighting sighting, Instant serverTime, Consumer<Emission> out) {
    String id = sighting.message().id();
    Optional<KnownMessage> before = memory.known(id);
    memory.look(sighting, serverTime, out);
    plan.read(before, memory.known(id), serverTime, nanoTime.getAsLong());
  }

  /** Notes what a page has shown, and the page that follows it. */
  void pageShown(Optional<String> token, MessagePage page) {
    token.ifPresent(failedPages::answered);
    // In milliseconds, as open messages are remembered.
    LongSummaryStatistics made =
        page.results().stream()
            .mapToLong(message -> message.createdAt().toEpochMilli())
            .summaryStatistics();
    Optional<String> next = page.nextPageToken();
    if (made.getCount() == 0) {
      // What follows an empty head was made before now.
      Instant now = serverClock.now();
      token.ifPresentOrElse(
          shown -> signposts.shownNothing(shown, next), () -> signposts.headShown(now, now, next));
      return;
    }
    Instant newest = Instant.ofEpochMilli(made.getMax());
    Instant oldest = Instant.ofEpochMilli(made.getMin());
    token.ifPresentOrElse(
        shown -> signposts.shown(shown, newest, oldest, next),
        () -> signposts.headShown(newest, oldest, next));
  }

  /** A page did not show a message that it was read for, although it went as far down, or fails. */
  void notShown(String messageId, String pageToken) {
    passedBy.put(messageId, pageToken);
  }

  /** Whether anything is to be done with the next sweep apart from what is new at its head. */
  boolean isBusy() {
    Instant now = serverClock.now();
    return heartbeats.isDue()
        || below.isDue()
        || !plan.due(memory.open(now), now, nanoTime.getAsLong()).isEmpty();
  }

  /**
   * Nothing of the channel is left to be emitted, as another list shows.
   *
   * @param upTo messages made after it are too young to be emitted
   */
  void isQuietUpTo(Instant upTo) {
    observer.emittedUpTo(address.channelId(), Duration.between(upTo, serverClock.now()));
  }

  /** Sets when the list is to be read from its head again, while nothing of it is being read. */
  void sweepAt(long time) {
    sweepDueAt = time;
    statusesAreRead();
  }

  /** The reads to spend on open messages, the most useful first. */
  List<StatusPlan.Read> plan() {
    Instant now = serverClock.now();
    Collection<KnownMessage> open = memory.open(now);
    tellOpen(open);
    List<ReadPlan.Due> due = plan.due(open, now, nanoTime.getAsLong());
    passedBy.keySet().retainAll(due.stream().map(wanted -> wanted.message().id()).collect(toSet()));
    StatusPlan.Means means = calls.mayGet() ? StatusPlan.Means.ALL : StatusPlan.Means.PAGES;
    return StatusPlan.of(due, signposts, passedBy, means);
  }

  /** Keeps to the most open messages that offsets may hold. */
  private void makeRoom() {
    int moved = memory.makeRoom(serverClock.now());
    if (moved > 0) {
      observer.beyondOffsets(moved);
      LOG.warn(
          "The channel {} has more than {} open messages, which is what the offsets hold; the"
              + " statuses of the {} oldest are emitted at least once, marked as possible repeats.",
          address.channelId(),
          Shards.MOST_OPEN,
          moved);
    }
  }

  private void isEmittedUpTo(Instant time, Place place) {
    Instant now = serverClock.now();
    observer.emittedUpTo(address.channelId(), Duration.between(time, now));
    heartbeats.at(() -> memory.heartbeat(time, now, place));
  }

  private void tellOpen(Collection<KnownMessage> open) {
    countDueAt = nanoTime.getAsLong() + BETWEEN_COUNTS.toNanos();
    long oldest = open.stream().mapToLong(KnownMessage::agesFrom).min().orElse(Long.MAX_VALUE);
    long age = Math.max(0, serverClock.now().getEpochSecond() - oldest);
    observer.open(address.channelId(), open.size(), Duration.ofSeconds(age));
  }

  /** The cycle is through; the order is looked for until it is certain. */
  void statusesAreRead() {
    boolean certain = found.filter(FoundOrder::certain).isPresent();
    activity = certain ? new Sweeping(this, sweepDueAt) : new OrderProbe(this);
  }
}
