package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.source.position.Place;
import dev.birdconnect.source.position.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the head down to what is emitted. What is more than memory holds is passed first,
 * keeping page tokens, and read again from below to above; each page is asked for while the one
 * below it is handed over, if there is room for both.
 */
final class Sweeping implements Activity {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);
  private static final int MOST_TOKENS = 10_000;
  private static final int SHARE_OF_OVERLAP = 20;
  private static final int LEAST_PAGES = 4;

  private final Reading reading;
  private final Descent descent = new Descent(MOST_TOKENS);
  private Sweep sweep;

  /**
   * Whether something new was found since a sweep was too deep. Without it the next one may keep
   * what it takes to reach the floor, or the way up would never end.
   */
  private boolean getsOn = true;

  private long dueAt;

  /**
   * @param dueAt when to begin, in nanoseconds
   */
  Sweeping(Reading reading, long dueAt) {
    this.reading = reading;
    this.dueAt = dueAt;
    this.sweep = fromTop();
  }

  private Sweep fromTop() {
    Sweep fromHead = sweep(Optional.empty(), reading.floor(), false);
    return reading.floorIsWhole() ? fromHead.aboveWholeFloor() : fromHead;
  }

  private Sweep sweep(Optional<String> from, Optional<Position> floor, boolean passing) {
    int most = Math.max(reading.settings.mostKept(), LEAST_PAGES * reading.settings.pageSize());
    long mostBytes = getsOn ? reading.settings.mostBytes() : Long.MAX_VALUE;
    return new Sweep(from, floor, most, mostBytes, passing);
  }

  @Override
  public long dueAt() {
    return dueAt;
  }

  @Override
  public void goOn() {
    if (reading.calls.underWay() > 0) {
      return;
    }
    if (isUnderWay() || (reading.hasCome(dueAt) && !reading.resting.leavesOut())) {
      ask();
    }
  }

  private boolean isUnderWay() {
    return sweep.hasBegun() || !sweep.isFromHead();
  }

  private void ask() {
    if (sweep.pageToken().isEmpty()) {
      reading.resting.headIsAskedFor();
    }
    ListQuery query = new ListQuery(limit(), sweep.pageToken(), reading.reverseForNewest());
    reading.calls.list(ReadPurpose.SWEEP, query, this::accept, this::fromHead);
  }

  /** Pages that are passed are a little smaller, so that they overlap when read again. */
  private int limit() {
    int pageSize = reading.calls.pageSize();
    return sweep.isPassing() ? pageSize - pageSize / SHARE_OF_OVERLAP : pageSize;
  }

  /** A page token is no longer taken, so that the way down is lost: begins it again. */
  private void fromHead() {
    descent.clear();
    getsOn = true;
    sweep = fromTop();
  }

  private void accept(MessagePage page, Instant asOf) {
    if (sweep.pageToken().isEmpty()) {
      reading.beginCycle();
      reading.pageShown(Optional.empty(), page);
      reading.resting.headIsShown(page);
    }
    switch (sweep.accept(page, reading.youngest(asOf))) {
      case MORE -> {
        return;
      }
      case WHOLE -> whole();
      case TOO_DEEP -> passOn();
    }
  }

  private void passOn() {
    if (descent.isEmpty()) {
      LOG.info(
          "The channel {} has more new messages than fit into memory; its pages are passed first,"
              + " then read from the oldest to the newest.",
          reading.address.channelId());
    }
    getsOn &= sweep.isPassing();
    descent.push(sweep.pages());
    sweep = sweep(sweep.pageToken(), sweep.floor(), true);
  }

  private void whole() {
    if (sweep.isFromHead()) {
      reading.sweepIsWhole(sweep);
      return;
    }
    List<Message> ready = sweep.oldestFirstBelow();
    ready.forEach(message -> reading.handOver.add(new Sighting(message, Place.TAIL)));
    Optional<Position> floor = floorAfter(ready);
    getsOn |= !floor.equals(sweep.floor());
    reading.handOver.whenDrained(() -> reading.pageIsEmitted(floor, Place.TAIL));
    sweep = sweep(descent.pop(), floor, false).aboveEmitted();
    dueAt = reading.nanoTime.getAsLong();
    if (reading.hasRoomForAPage()) {
      ask();
    }
  }

  private Optional<Position> floorAfter(List<Message> ready) {
    Optional<Position> floor = sweep.floor();
    if (ready.isEmpty()) {
      return floor;
    }
    Position last = Position.of(ready.get(ready.size() - 1));
    return floor.isEmpty() || last.isAfter(floor.get()) ? Optional.of(last) : floor;
  }
}
