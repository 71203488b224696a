package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.Verdict;

/**
 * Is told what happens in delivery, from several threads at the same time, partly with delivery's
 * lock held: it must neither wait nor call back.
 *
 * @param <R> the record
 */
public interface DeliveryObserver<R> {

  /**
   * An attempt starts.
   *
   * @param attempt its number among the attempts of its send, from 1
   */
  default void started(int attempt) {}

  /**
   * An attempt has ended whose request was to leave.
   *
   * @param send the send
   * @param verdict what it told
   * @param sinceTakenIn time since the record was handed over, in nanoseconds
   */
  default void ended(Send<R> send, Verdict verdict, long sinceTakenIn) {}

  /**
   * An attempt has ended before its request left.
   *
   * @param send the send
   * @param verdict what that means for it
   */
  default void unprepared(Send<R> send, Verdict verdict) {}

  /** A record was found to have been sent by an earlier owner of its partition. */
  default void foundAtTakeover() {}

  /** A doubt is over. */
  default void doubtEnded(DoubtEnd end) {}

  /** A listing is over that has read so many pages. */
  default void listed(int pages) {}

  /** One that nobody listens to. */
  static <R> DeliveryObserver<R> none() {
    return new DeliveryObserver<>() {};
  }
}
