package dev.birdconnect.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Time that passes faster than real time. The clock may go in steps, so that messages made within
 * one have equal times.
 */
final class FastTime {

  private static final Instant START = Instant.parse("2031-03-01T12:00:00Z");

  private final long begun = System.nanoTime();
  private final int factor;
  private final Duration step;

  /**
   * @param factor how many times faster
   * @param step of the clock
   */
  FastTime(int factor, Duration step) {
    this.factor = factor;
    this.step = step;
  }

  /** A clock that only goes forward, in nanoseconds. */
  long nanoTime() {
    return (System.nanoTime() - begun) * factor;
  }

  Instant now() {
    return START.plus(step.multipliedBy(Duration.ofNanos(nanoTime()).dividedBy(step)));
  }

  /** Waits as much shorter. */
  WakeUp wakeUp() {
    WakeUp real = WakeUp.real();
    return new WakeUp() {
      @Override
      public void wake() {
        real.wake();
      }

      @Override
      public void await(long nanos) throws InterruptedException {
        real.await(nanos / factor);
      }
    };
  }

  Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The clock has one zone.");
      }
    };
  }
}
