package dev.birdconnect.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves only when told to. Safe for use by several threads. */
public final class ManualClock extends Clock {
  private Instant now;

  /** A clock that stands at this time. */
  public ManualClock(Instant start) {
    this.now = start;
  }

  /** Moves the clock; a negative time moves it back. */
  public synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  /** Sets the clock. */
  public synchronized void set(Instant time) {
    now = time;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
