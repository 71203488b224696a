package dev.birdconnect.sink.reconcile;

import java.util.HashSet;
import java.util.Set;

/**
 * Labels of messages that show no coordinates: the API may have left {@code meta} out. A record
 * with such a label may be one of them. Bounded: of too many labels, every one counts as seen.
 */
final class BareLabels {

  private static final int MOST = 200_000;

  private final Set<Long> hashes = new HashSet<>();
  private boolean full;

  void add(String label) {
    if (hashes.size() < MOST) {
      hashes.add(Mark.hash(label));
    } else {
      full = true;
    }
  }

  /** Whether a message with the label of this mark may have lost its coordinates. */
  boolean mayHold(Mark mark) {
    return mark.label() != Mark.NO_LABEL && (full || hashes.contains(mark.label()));
  }
}
