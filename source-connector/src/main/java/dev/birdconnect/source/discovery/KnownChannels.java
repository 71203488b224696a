package dev.birdconnect.source.discovery;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The channels that are read, and what a new finding makes of them. A failed or empty answer
 * changes nothing. A channel is given up only when two whole lists in a row lack it: a page token
 * that counts entries passes over one when another one vanishes meanwhile (assumption 2).
 */
final class KnownChannels {

  private final Set<String> ids = new TreeSet<>();
  private final Set<String> missing = new TreeSet<>();

  /** The channels, in an order that depends on nothing but their ids. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  /** Whether channels were missing the last time, so that the list is to be read again soon. */
  boolean isUnsure() {
    return !missing.isEmpty();
  }

  /**
   * Takes what was found.
   *
   * @return whether the channels are others now
   */
  boolean accept(Finding finding) {
    if (!(finding instanceof Finding.Channels found) || found.ids().isEmpty()) {
      return false;
    }
    boolean changed = ids.addAll(found.ids());
    missing.removeAll(found.ids());
    if (!found.whole()) {
      return changed;
    }
    changed |= ids.removeAll(Set.copyOf(missing));
    missing.clear();
    missing.addAll(ids);
    missing.removeAll(found.ids());
    return changed;
  }
}
