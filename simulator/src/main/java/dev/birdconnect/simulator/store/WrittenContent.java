package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.life.Fate;
import dev.birdconnect.simulator.life.Moment;
import dev.birdconnect.simulator.life.Timeline;
import java.util.List;
import java.util.Optional;

/** A message kept as finished JSON. */
final class WrittenContent implements Content {
  private final boolean incoming;
  private final String reference;
  private final String receiver;
  private final byte[] unchanging;
  private final long createdAtMillis;
  private final Optional<Fate> fate;

  /**
   * Not the draft itself is kept: it holds the tree of the whole message.
   *
   * @param unchanging the fields that never change, without the closing brace
   * @param fate life of an outgoing message; empty for an incoming one
   */
  WrittenContent(Draft draft, byte[] unchanging, long createdAtMillis, Optional<Fate> fate) {
    this.incoming = draft.incoming();
    this.reference = draft.reference();
    this.receiver = draft.receiver();
    this.unchanging = unchanging;
    this.createdAtMillis = createdAtMillis;
    this.fate = fate;
  }

  @Override
  public boolean incoming() {
    return incoming;
  }

  @Override
  public boolean generated() {
    return false;
  }

  @Override
  public String reference() {
    return reference;
  }

  @Override
  public String receiver() {
    return receiver;
  }

  @Override
  public Timeline life() {
    return fate.map(Fate::life).orElseGet(() -> Timeline.incoming(createdAtMillis));
  }

  @Override
  public List<Moment> moments() {
    return fate.map(Fate::moments).orElse(List.of());
  }

  @Override
  public void append(Position position, JsonBytes out) {
    out.append(unchanging);
  }
}
