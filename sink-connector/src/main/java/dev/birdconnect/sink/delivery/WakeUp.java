package dev.birdconnect.sink.delivery;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The earliest wake-up that is planned; later ones are planned when it has come. Not thread-safe.
 */
final class WakeUp {

  private final Timer timer;
  private final LongConsumer action;
  private @Nullable Long planned;

  /**
   * @param timer wakes up
   * @param action is given the time that was planned, on the timer's thread; has to call {@link
   *     #came}
   */
  WakeUp(Timer timer, LongConsumer action) {
    this.timer = timer;
    this.action = action;
  }

  /** Plans a wake-up, unless there is one that comes no later. */
  void plan(long at, long now) {
    if (planned == null || at - planned < 0) {
      planned = at;
      timer.after(Duration.ofNanos(Math.max(0, at - now)), () -> action.accept(at));
    }
  }

  /** Notes that a wake-up has come. */
  void came(long at) {
    if (planned != null && planned == at) {
      planned = null;
    }
  }
}
