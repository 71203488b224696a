package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The server's time: the {@code Date} of its last answer and what has passed since. The worker's
 * clock is not asked. A server that sends no date is known by the youngest time in its messages.
 */
public final class ServerClock {

  private final LongSupplier nanoTime;
  private Optional<Instant> told = Optional.empty();
  private long toldAt;
  private boolean dated;

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public ServerClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Takes the time from an answer. Its date may have been written long after what it holds was
   * looked up, so where the time at which it was asked for is known, it is no later than that.
   *
   * @param date the header {@code Date}, where there was one
   * @param messages what the answer held
   * @param askedAt when it was asked for, in nanoseconds
   * @return a time by the server's clock that is not later than the answer
   */
  public Instant observe(Optional<Instant> date, List<Message> messages, long askedAt) {
    Instant known = at(askedAt);
    dated = date.isPresent();
    if (date.isPresent()) {
      boolean askedBefore = told.isPresent() && known.isBefore(date.get());
      set(date.get());
      return askedBefore ? known : date.get();
    }
    for (Message message : messages) {
      known = later(known, later(message.createdAt(), message.lastStatusAt()));
    }
    if (now().isBefore(known)) {
      set(known);
    }
    return known;
  }

  /** Whether the last answer had a date; otherwise its time is that of the newest message shown. */
  boolean isDated() {
    return dated;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void set(Instant time) {
    told = Optional.of(time);
    toldAt = nanoTime.getAsLong();
  }

  /** The time now; the beginning of time as long as the server has told nothing. */
  public Instant now() {
    return at(nanoTime.getAsLong());
  }

  private Instant at(long nanos) {
    return told.map(time -> time.plus(Duration.ofNanos(nanos - toldAt))).orElse(Instant.EPOCH);
  }
}
