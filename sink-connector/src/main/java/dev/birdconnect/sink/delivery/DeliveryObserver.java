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

  /** A request with one send or several has ended. */
  default void requestEnded() {}

  /** A batch of so many sends starts. */
  default void batchStarted(int sends) {}

  /** A batch was refused because of one of its sends; all leave again in smaller requests. */
  default void batchRefused() {}

  /** The API took a batch of so many sends in. */
  default void taken(int sends) {}

  /**
   * The channel's list shows the message of a send that was taken in with a batch.
   *
   * @param send the send
   * @param rejected whether the API rejected it afterwards
   * @param sinceAnswer time since the batch was answered, in nanoseconds
   * @param sinceTakenIn time since the record was handed over, in nanoseconds
   */
  default void resultSeen(Send<R> send, boolean rejected, long sinceAnswer, long sinceTakenIn) {}

  /** A sweep for results is over that has read so many pages. */
  default void swept(int pages) {}

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
