package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.life.Fate;
import dev.birdconnect.simulator.life.Moment;
import dev.birdconnect.simulator.life.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A message kept as finished JSON. */
final class WrittenContent implements Content {
  private final boolean incoming;
  private final String reference;
  private final String receiver;
  private final byte[] unchanging;
  private final long createdAtMillis;
  private final Optional<Fate> fate;
  private final Optional<UUID> batch;
  private final Ending ending;

  /**
   * Not the draft itself is kept: it holds the tree of the whole message.
   *
   * @param unchanging the fields that never change, without the closing brace
   * @param fate life of an outgoing message; empty for an incoming one
   * @param ending what is certain of its end
   */
  WrittenContent(
      Draft draft, byte[] unchanging, long createdAtMillis, Optional<Fate> fate, Ending ending) {
    this.incoming = draft.incoming();
    this.reference = draft.reference();
    this.receiver = draft.receiver();
    this.unchanging = unchanging;
    this.createdAtMillis = createdAtMillis;
    this.fate = fate;
    this.batch = draft.batch();
    this.ending = ending;
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
  public Optional<UUID> batch() {
    return batch;
  }

  @Override
  public Timeline life() {
    return fate.map(Fate::life)
        .map(ending::applied)
        .orElseGet(() -> Timeline.incoming(createdAtMillis));
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
