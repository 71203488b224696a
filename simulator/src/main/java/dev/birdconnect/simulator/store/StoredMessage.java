package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.life.Moment;
import dev.birdconnect.simulator.life.Step;
import java.util.List;

/**
 * A message as it was made. The status is computed when somebody reads it. Its text form shows
 * neither receiver nor body.
 */
public final class StoredMessage {
  private final Position position;
  private final long sequence;
  private final long visibleFromMillis;
  private final long listedFromMillis;
  private final Content content;

  StoredMessage(
      Position position,
      long sequence,
      long visibleFromMillis,
      long listedFromMillis,
      Content content) {
    this.position = position;
    this.sequence = sequence;
    this.visibleFromMillis = visibleFromMillis;
    this.listedFromMillis = listedFromMillis;
    this.content = content;
  }

  /** Creation time and id. */
  public Position position() {
    return position;
  }

  /** Rank in the order of making over all channels, from 0. */
  public long sequence() {
    return sequence;
  }

  /** Whether lists show it at this moment. */
  boolean isListedAt(long millis) {
    return listedFromMillis <= millis;
  }

  /** Whether reads show it at this moment. */
  public boolean isVisibleAt(long millis) {
    return visibleFromMillis <= millis;
  }

  /** The label, empty when there is none. */
  public String reference() {
    return content.reference();
  }

  /** Identifier of the first contact, or its id. */
  public String receiver() {
    return content.receiver();
  }

  /** Whether it came from a contact. */
  public boolean isIncoming() {
    return content.incoming();
  }

  /** Whether nobody sent it: it is part of a generated history. */
  boolean isGenerated() {
    return content.generated();
  }

  /** The status at this moment. */
  public Step stepAt(long millis) {
    return content.life().at(millis);
  }

  /** What the receiver does with it, whenever that is. */
  List<Moment> moments() {
    return content.moments();
  }

  /** The resource in JSON as it is at this moment, appended. */
  public void write(long millis, JsonBytes out) {
    Step step = stepAt(millis);
    content.append(position, out);
    StatusJson.append(position, step, out);
    out.append('}');
  }

  @Override
  public String toString() {
    return "StoredMessage[" + position.id() + "]";
  }
}
