package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.life.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/**
 * The interactions of a channel's messages: those that follow from the profile, which need no room
 * until they are asked for, and those that were made one by one. Safe for use by several threads.
 */
final class Interactions {
  private static final Comparator<Interaction> IN_TIME =
      Comparator.comparingLong(Interaction::createdAtMillis);

  private final ConcurrentMap<UUID, List<Interaction>> made = new ConcurrentHashMap<>();

  Interaction add(StoredMessage message, String type, long atMillis, ObjectNode more) {
    UUID messageId = message.position().id();
    List<Interaction> list = made.computeIfAbsent(messageId, id -> new CopyOnWriteArrayList<>());
    synchronized (list) {
      Interaction interaction =
          new Interaction(
              Ids.named(messageId.toString(), "made-" + list.size()), type, atMillis, more);
      list.add(interaction);
      return interaction;
    }
  }

  /** Those of a message up to this moment, the first one first. */
  List<Interaction> of(StoredMessage message, long millis) {
    UUID messageId = message.position().id();
    List<Interaction> all = new ArrayList<>();
    for (Moment moment : message.moments()) {
      if (moment.atMillis() <= millis) {
        all.add(
            new Interaction(
                Ids.named(messageId.toString(), moment.type()),
                moment.type(),
                moment.atMillis(),
                Json.mapper().createObjectNode()));
      }
    }
    all.addAll(made.getOrDefault(messageId, List.of()));
    all.sort(IN_TIME);
    return all;
  }
}
