package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.Switches;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Gives out positions that only grow, so that no message ever appears behind one that was already
 * listed (assumption 22), whatever the clock does; only when the server's clock is set otherwise
 * (assumption 39) they begin again. Ids are random between milliseconds and count up inside one.
 * One source serves all channels, because a workspace has a list over all of them. Its user holds
 * its lock from taking a position until the message is in the list.
 */
final class PositionSource {
  private static final long COUNTER_BITS = 12;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Clock clock;
  private final Switches switches;
  private final SplittableRandom random;
  private long lastMillis = Long.MIN_VALUE;
  private long prefix;
  private long given;
  private Duration shift;

  PositionSource(Clock clock, Switches switches, long seed) {
    this.clock = clock;
    this.switches = switches;
    this.shift = switches.values().duration(Switch.CLOCK_SHIFT);
    this.random = new SplittableRandom(seed);
  }

  /** How many positions were given out. */
  long given() {
    return given;
  }

  /** The rank of a message that brings its position along. */
  long rankOfPast() {
    return given++;
  }

  Position next() {
    given++;
    Duration shiftNow = switches.values().duration(Switch.CLOCK_SHIFT);
    if (!shiftNow.equals(shift)) {
      shift = shiftNow;
      lastMillis = Long.MIN_VALUE;
    }
    long now = clock.millis();
    if (now > lastMillis) {
      lastMillis = now;
      // The top bit stays clear so that counting up inside one millisecond never wraps around.
      prefix = (random.nextLong() >>> 5) & ~0xFFFL & ((1L << 59) - 1);
    } else {
      prefix++;
    }
    long high = (prefix >>> COUNTER_BITS) << 16 | VERSION_4 | (prefix & ((1L << COUNTER_BITS) - 1));
    long low = VARIANT | (random.nextLong() >>> 2);
    return new Position(lastMillis, new UUID(high, low));
  }
}
