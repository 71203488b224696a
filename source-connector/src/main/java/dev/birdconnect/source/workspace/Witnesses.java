package dev.birdconnect.source.workspace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages that the next readings of the workspace's list have to show; one per channel. */
final class Witnesses {

  private final Map<String, Witness> waiting = new HashMap<>();

  /** Takes one, if its channel has none that waits. */
  void add(Witness witness) {
    waiting.putIfAbsent(witness.channelId(), witness);
  }

  /**
   * Takes out those that a reading has to show that begins now.
   *
   * @param oldest those made before it are left out, as they lie too far down
   * @param youngest those made after it wait, as a list may show them late
   */
  List<Witness> take(Instant oldest, Instant youngest) {
    waiting.values().removeIf(witness -> witness.createdAt().isBefore(oldest));
    List<Witness> taken = new ArrayList<>(waiting.values());
    taken.removeIf(witness -> witness.createdAt().isAfter(youngest));
    waiting.values().removeAll(taken);
    return taken;
  }

  void clear() {
    waiting.clear();
  }
}
