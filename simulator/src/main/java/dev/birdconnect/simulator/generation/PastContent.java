package dev.birdconnect.simulator.generation;

import dev.birdconnect.simulator.life.Moment;
import dev.birdconnect.simulator.life.Timeline;
import dev.birdconnect.simulator.store.Content;
import dev.birdconnect.simulator.store.JsonBytes;
import dev.birdconnect.simulator.store.Position;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A message of a generated history: its number, no more. */
final class PastContent implements Content {
  private final History history;
  private final int number;

  PastContent(History history, int number) {
    this.history = history;
    this.number = number;
  }

  @Override
  public boolean incoming() {
    return history.isIncoming(number);
  }

  @Override
  public boolean generated() {
    return true;
  }

  @Override
  public String reference() {
    return history.reference(number);
  }

  @Override
  public String receiver() {
    return history.form(number).contact();
  }

  @Override
  public Optional<UUID> batch() {
    return Optional.empty();
  }

  @Override
  public Timeline life() {
    return history.life(number);
  }

  @Override
  public List<Moment> moments() {
    return history.moments(number);
  }

  @Override
  public void append(Position position, JsonBytes out) {
    history.channel().appendIdentity(position, out);
    history.form(number).append(history.reference(number), out);
  }
}
