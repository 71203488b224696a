package dev.birdconnect.source.position;

import dev.birdconnect.client.message.Message;
import java.time.Instant;
import java.util.Comparator;

/**
 * A message's place in its channel: by creation, then by id.
 *
 * @param createdAt when the message was made, by the server's clock, with all decimals it gave
 * @param id the message's id
 */
public record Position(Instant createdAt, String id) implements Comparable<Position> {

  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::createdAt).thenComparing(Position::id);

  /** The place of a message. */
  public static Position of(Message message) {
    return new Position(message.createdAt(), message.id());
  }

  /** The place before all messages of this time. */
  public static Position before(Instant createdAt) {
    return new Position(createdAt, "");
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** Whether this comes later in the channel. */
  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }
}
