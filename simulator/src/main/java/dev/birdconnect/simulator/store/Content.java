package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.life.Moment;
import dev.birdconnect.simulator.life.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a message consists of, in whatever compact form it is kept. */
public interface Content {
  /** Whether a contact sends it. */
  boolean incoming();

  /** Whether nobody sent it: it is part of a generated history. */
  boolean generated();

  /** The label, empty when there is none. */
  String reference();

  /** Identifier of the other side: the first contact, or its id. */
  String receiver();

  /** The batch it was sent in. */
  Optional<UUID> batch();

  /** All its statuses. */
  Timeline life();

  /** What the receiver does with it, in order of time. */
  List<Moment> moments();

  /** Appends the fields that never change, with the opening brace and without the closing one. */
  void append(Position position, JsonBytes out);
}
