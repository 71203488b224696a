package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.reconcile.SentMessage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A send that left in a batch and whose message is to be seen in the channel's list.
 *
 * @param <R> the record
 */
final class Awaited<R> {

  private final Attempt<R> attempt;
  private final long departedAt;
  private OptionalLong takenAt = OptionalLong.empty();
  private @Nullable SentMessage sighting;
  private boolean over;

  /**
   * @param departedAt when the batch left, by the clock's nanoseconds
   */
  Awaited(Attempt<R> attempt, long departedAt) {
    this.attempt = attempt;
    this.departedAt = departedAt;
  }

  Attempt<R> attempt() {
    return attempt;
  }

  long departedAt() {
    return departedAt;
  }

  /** When the API took the batch in, once it has. */
  OptionalLong takenAt() {
    return takenAt;
  }

  void takenAt(long nanos) {
    takenAt = OptionalLong.of(nanos);
  }

  /** Its message, where the list showed it before the batch was answered. */
  @Nullable SentMessage sighting() {
    return sighting;
  }

  void sighted(SentMessage message) {
    sighting = message;
  }

  /** Whether nobody waits for it any more. */
  boolean over() {
    return over;
  }

  void end() {
    over = true;
  }
}
