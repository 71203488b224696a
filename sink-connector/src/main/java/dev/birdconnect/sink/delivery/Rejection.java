package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.position.RecordPosition;

/**
 * A record that can never go. It is finished when its report is.
 *
 * @param position where it stands
 * @param record the record, unchanged
 * @param weight about how many bytes of memory it takes
 * @param reason why it cannot go
 * @param <R> the record
 */
public record Rejection<R>(RecordPosition position, R record, long weight, Reason reason)
    implements Intake<R> {

  /** Position and reason only: the record is private. */
  @Override
  public String toString() {
    return "Rejection[" + position + ", " + reason + "]";
  }
}
