package dev.birdconnect.source.reading;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.position.Phase;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.status.ReadPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the activities of one channel's reader share, and the way from one to the next. */
final class Reading {

  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

  final ChannelAddress address;
  final ReadSettings settings;
  final LongSupplier nanoTime;
  final ServerClock serverClock;
  final ChannelMemory memory;
  final ReadPlan plan;
  final Calls calls;
  final HandOver handOver = new HandOver();

  private Activity activity;
  private Optional<Resume> resume;
  private Optional<ListOrder> order = Optional.empty();
  private Optional<Position> floor = Optional.empty();
  private Optional<String> pageHint = Optional.empty();
  private long sweepDueAt;

  Reading(
      ChannelAddress address,
      ReadSettings settings,
      LongSupplier nanoTime,
      ServerClock serverClock,
      ChannelMemory memory,
      Calls calls) {
    this.address = address;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.serverClock = serverClock;
    this.memory = memory;
    this.calls = calls;
    this.plan = new ReadPlan(settings.pollInterval());
    this.resume = Optional.of(memory.resume());
    this.sweepDueAt = nanoTime.getAsLong();
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
    return order.orElseThrow().reverseForNewest();
  }

  /** The flag {@code reverse} for reading upwards from the oldest message. */
  boolean reverseForOldest() {
    return order.orElseThrow().reverseForOldest();
  }

  /** All up to here is emitted; empty when nothing is. */
  Optional<Position> floor() {
    return floor;
  }

  /** Messages made after it are too young to be emitted, by an answer of this time. */
  Instant youngest(Instant asOf) {
    return asOf.minus(settings.overlap());
  }

  /** Notes the page on which what is emitted last was found. */
  void keepHint(Optional<String> pageToken) {
    pageHint = pageToken;
  }

  /** Where a message is found that no back-fill has brought. */
  Place tail() {
    return new Place(Phase.TAIL, pageHint);
  }

  /** The order of the list is known: goes on where the last run has ended. */
  void begin(ListOrder found) {
    order = Optional.of(found);
    Resume from = resume.orElseGet(this::fromHead);
    resume = Optional.empty();
    if (from instanceof Resume.FromHead head) {
      floor = Optional.of(head.floor());
      pageHint = head.pageToken();
      activity = new Sweeping(this);
    } else if (from instanceof Resume.FromPage page) {
      activity = new BackFilling(this, Optional.of(page.pageToken()), Optional.of(page.floor()));
    } else {
      activity = new BackFilling(this, Optional.empty(), Optional.empty());
    }
  }

  private Resume fromHead() {
    return floor
        .<Resume>map(position -> new Resume.FromHead(position, pageHint))
        .orElseGet(Resume.FromOldest::new);
  }

  /** What a sweep has found is handed over. */
  void sweepIsWhole(Sweep sweep) {
    Place place = tail();
    sweep.oldestFirst().forEach(message -> handOver.add(new Sighting(message, place)));
    handOver.whenDrained(() -> allIsEmitted(sweep.pageToken()));
  }

  /** There is more below the head than a sweep may keep. */
  void fillGap() {
    activity = new BackFilling(this, pageHint, floor);
  }

  /**
   * Everything up to the present is handed over: what is open may be read again.
   *
   * @param furtherPages the page below those that were read; empty where there is none
   */
  void allIsEmitted(Optional<String> furtherPages) {
    resume = Optional.empty();
    memory.completed();
    floor = memory.highest();
    makeRoom();
    int old = memory.closeOld(serverClock.now());
    if (old > 0) {
      LOG.debug(
          "{} messages of the channel {} are too old to follow their statuses any longer.",
          old,
          address.channelId());
    }
    activity = new StatusPages(this, furtherPages);
  }

  /** Keeps to the most open messages. */
  void makeRoom() {
    int closed = memory.closeBeyondRoom();
    if (closed > 0) {
      LOG.warn(
          "The channel {} has more than {} open messages; the statuses of the {} oldest are no"
              + " longer followed.",
          address.channelId(),
          Shards.MOST_OPEN,
          closed);
    }
  }

  /** No further page is worth its read. */
  void readOneByOne() {
    activity = new StatusReading(this);
  }

  /** The cycle is through. */
  void nextCycle() {
    activity = order.isPresent() ? new Sweeping(this) : new OrderProbe(this);
  }

  /** The open messages that are due, most urgent first. */
  List<String> due(int most) {
    return plan.due(memory.open(), serverClock.now(), nanoTime.getAsLong(), most);
  }
}
