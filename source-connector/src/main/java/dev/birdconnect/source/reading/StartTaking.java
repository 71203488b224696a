package dev.birdconnect.source.reading;

import java.util.OptionalInt;

/**
 * Replaces a start set by hand, in the stored offsets, by the state of one of the records that
 * follow it. Without that, the same start could not be set a second time. What follows that record
 * tells that the start is replaced, so it waits until that is known: a channel that is quiet
 * afterwards has no later record to tell it. A record that a transform drops replaces nothing, so
 * the records of one shard, and then of another, are tried until Kafka has one. Safe for use by
 * several threads.
 */
final class StartTaking {

  private final boolean needed;
  private boolean done;
  private OptionalInt shard = OptionalInt.empty();
  private int underWay;

  /**
   * @param needed whether there is such a start
   */
  StartTaking(boolean needed) {
    this.needed = needed;
    this.done = !needed;
  }

  /** Whether the next record of a shard is to take the start's place; if so, it counts as tried. */
  synchronized boolean tryNext(int ofShard) {
    if (done || (shard.isPresent() && shard.getAsInt() != ofShard)) {
      return false;
    }
    shard = OptionalInt.of(ofShard);
    underWay++;
    return true;
  }

  /**
   * Whether it is not known yet how records have ended that were tried. Nothing else is to go out
   * meanwhile.
   */
  synchronized boolean isUnderWay() {
    return !done && underWay > 0;
  }

  /** The end of a record that was tried. */
  synchronized void tried(boolean stored) {
    underWay = Math.max(0, underWay - 1);
    done |= stored;
    if (underWay == 0) {
      shard = OptionalInt.empty();
    }
  }

  /** All records have ended that were tried, and those that nothing was said of are dropped. */
  synchronized void dropped() {
    underWay = 0;
    shard = OptionalInt.empty();
  }

  /** Whether a record has taken the start's place. */
  synchronized boolean isTaken() {
    return needed && done;
  }
}
