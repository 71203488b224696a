package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.position.RecordPosition;
import java.util.Optional;

/**
 * A record that can never go, or of which nobody can tell whether it went. It is finished when its
 * reports are.
 *
 * @param position where it stands
 * @param record the record, unchanged
 * @param weight about how many bytes of memory it takes
 * @param reason why it is rejected
 * @param ground what the rejection rests on
 * @param trial how its send came to that, where it had become one
 * @param <R> the record
 */
public record Rejection<R>(
    RecordPosition position,
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
    /** The list of the channel, which does not tell whether the message was made. */
    DOUBT
  }

  /** A record that a check refuses before any call. */
  public Rejection(RecordPosition position, R record, long weight, Reason reason) {
    this(position, record, weight, reason, Ground.CHECK, Optional.empty());
  }

  static <R> Rejection<R> of(Trial<R> trial, Reason reason, Ground ground) {
    Send<R> send = trial.send();
    return new Rejection<>(
        send.position(), send.record(), send.weight(), reason, ground, Optional.of(trial));
  }

  /** Position and reason only: the record is private. */
  @Override
  public String toString() {
    return "Rejection[" + position + ", " + reason + "]";
  }
}
