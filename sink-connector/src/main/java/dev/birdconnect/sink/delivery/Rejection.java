package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.position.RecordPosition;
import java.util.Optional;

/**
 * A record that can never go, or of which nobody can tell whether it went. It is finished when its
 * reports are.
 *
 * @param position where it stands
 * @param identity the coordinates its message would carry
 * @param messageReference the reference its message would carry, as far as that is known: the
 *     coordinates, or the user's own label
 * @param record the record, unchanged
 * @param weight about how many bytes of memory it takes
 * @param reason why it is rejected
 * @param ground what the rejection rests on
 * @param trial how its send came to that, where it had become one
 * @param <R> the record
 */
public record Rejection<R>(
    RecordPosition position,
    RecordReference identity,
    String messageReference,
    R record,
    long weight,
    Reason reason,
    Ground ground,
    Optional<Trial<R>> trial)
    implements Intake<R> {

  /** What a rejection rests on. */
  public enum Ground {
    /** A check before any call. */
    CHECK,
    /** The API's answer. */
    ANSWER,
    /** The list of the channel, which shows the message as rejected. */
    LIST,
    /** The list of the channel, which does not tell whether the message was made. */
    DOUBT
  }

  /** A record that a check refuses before any call. */
  public Rejection(
      RecordPosition position,
      RecordReference identity,
      String messageReference,
      R record,
      long weight,
      Reason reason) {
    this(
        position,
        identity,
        messageReference,
        record,
        weight,
        reason,
        Ground.CHECK,
        Optional.empty());
  }

  static <R> Rejection<R> of(Trial<R> trial, Reason reason, Ground ground) {
    Send<R> send = trial.send();
    return new Rejection<>(
        send.position(),
        send.identity(),
        send.messageReference(),
        send.record(),
        send.weight(),
        reason,
        ground,
        Optional.of(trial));
  }

  /** Position and reason only: record and label are private. */
  @Override
  public String toString() {
    return "Rejection[" + position + ", " + reason + "]";
  }
}
