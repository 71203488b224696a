package dev.birdconnect.simulator.switches;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The server's clock: real time and the shift of assumption 39. */
public final class ShiftedClock extends Clock {
  private final Clock base;
  private final Switches switches;

  /** A clock that is ahead of {@code base} by what the switch says. */
  public ShiftedClock(Clock base, Switches switches) {
    this.base = base;
    this.switches = switches;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(switches.values().duration(Switch.CLOCK_SHIFT));
  }

  @Override
  public long millis() {
    return base.millis() + switches.values().millis(Switch.CLOCK_SHIFT);
  }

  @Override
  public ZoneId getZone() {
    return base.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new ShiftedClock(base.withZone(zone), switches);
  }
}
