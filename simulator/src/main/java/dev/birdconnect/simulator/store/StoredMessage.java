package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.life.Step;
import dev.birdconnect.simulator.life.Timeline;
import java.util.function.Supplier;

/**
 * A message as it was made. What never changes is kept as finished JSON; the status is computed
 * when somebody reads it. Its text form shows neither receiver nor body.
 */
public final class StoredMessage {
  private final Position position;
  private final long sequence;
  private final long visibleFromMillis;
  private final String reference;
  private final String receiver;
  private final boolean incoming;
  private final byte[] unchanging;
  private final Supplier<Timeline> life;

  StoredMessage(
      Position position,
      long sequence,
      long visibleFromMillis,
      Draft draft,
      byte[] unchanging,
      Supplier<Timeline> life) {
    this.position = position;
    this.sequence = sequence;
    this.visibleFromMillis = visibleFromMillis;
    this.reference = draft.reference();
    this.receiver = draft.receiver();
    this.incoming = draft.incoming();
    this.unchanging = unchanging;
    this.life = life;
  }

  /** Creation time and id. */
  public Position position() {
    return position;
  }

  /** Rank in the order of making over all channels, from 0. */
  public long sequence() {
    return sequence;
  }

  /** Whether lists and reads show it at this moment. */
  public boolean isVisibleAt(long millis) {
    return visibleFromMillis <= millis;
  }

  /** The label, empty when there is none. */
  public String reference() {
    return reference;
  }

  /** Identifier of the first contact, or its id. */
  public String receiver() {
    return receiver;
  }

  /** Whether it came from a contact. */
  public boolean isIncoming() {
    return incoming;
  }

  /** The status at this moment. */
  public Step stepAt(long millis) {
    return life.get().at(millis);
  }

  /** The resource in JSON as it is at this moment, appended. */
  public void write(long millis, JsonBytes out) {
    Step step = stepAt(millis);
    out.append(unchanging);
    StatusJson.append(position, step, out);
    out.append('}');
  }

  @Override
  public String toString() {
    return "StoredMessage[" + position.id() + "]";
  }
}
