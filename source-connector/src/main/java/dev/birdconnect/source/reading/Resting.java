package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.source.position.Position;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which sweeps of a channel are left out: those that another list says would bring nothing new, as
 * long as the last whole one has left no young message, and as nothing else waits for one. The look
 * back does so once a minute, so no rest is longer.
 */
final class Resting {

  private final Reading reading;
  private QuietChannels otherList = QuietChannels.NONE;
  private long askedAt;
  private long wholeSince;
  private boolean leftNothing;
  private boolean rests;

  Resting(Reading reading) {
    this.reading = reading;
  }

  void by(QuietChannels list) {
    otherList = list;
  }

  /** A sweep begins. */
  void headIsAskedFor() {
    askedAt = reading.nanoTime.getAsLong();
    rests = false;
  }

  /** The head of the list has come. */
  void headIsShown(MessagePage page) {
    Instant now = reading.serverClock.now();
    page.results().stream()
        .max(Comparator.comparing(Position::of))
        .filter(newest -> reading.memory.isNews(newest, now))
        .ifPresent(newest -> otherList.isShown(reading.address.channelId(), newest));
  }

  /** A sweep from the head has reached what is emitted. */
  void sweepIsWhole(Sweep sweep) {
    wholeSince = askedAt;
    leftNothing = !sweep.leavesYoung();
  }

  /** Whether the last sweep that was whole has left nothing to the next one. */
  boolean isPossible() {
    return leftNothing;
  }

  /** Leaves out the sweep that is due, if it may be. */
  boolean leavesOut() {
    if (!leftNothing) {
      return false;
    }
    Optional<Instant> upTo = otherList.nothingNewUpTo(reading.address.channelId(), wholeSince);
    if (upTo.isEmpty() || reading.isBusy()) {
      return false;
    }
    rests = true;
    otherList.sweepIsLeftOut();
    reading.isQuietUpTo(upTo.get());
    reading.sweepAt(reading.nanoTime.getAsLong() + reading.settings.pollInterval().toNanos());
    return true;
  }

  /** Has the next sweep begin at once if one was left out; whether it was. */
  boolean end() {
    boolean ended = rests;
    rests = false;
    if (ended) {
      reading.sweepAt(reading.nanoTime.getAsLong());
    }
    return ended;
  }
}
