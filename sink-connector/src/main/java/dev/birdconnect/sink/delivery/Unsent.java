package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.position.RecordPosition;

/**
 * A record that needs no message, so it is finished when it comes.
 *
 * @param position where it stands
 * @param <R> the record
 */
public record Unsent<R>(RecordPosition position) implements Intake<R> {

  @Override
  public long weight() {
    return 0;
  }
}
