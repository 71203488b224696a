package dev.birdconnect.sink.reconcile;

/**
 * A send that was attempted and may have become a message.
 *
 * @param mark what its message is recognised by
 * @param firstAttemptAt when its first attempt started, on the task's clock that only goes forward,
 *     in nanoseconds
 * @param conclusive whether its absence is to prove that there is no message; where not, the list
 *     is read less far down
 */
public record UnknownSend(Mark mark, long firstAttemptAt, boolean conclusive) {

  /** One whose absence is to prove something. */
  public UnknownSend(Mark mark, long firstAttemptAt) {
    this(mark, firstAttemptAt, true);
  }
}
