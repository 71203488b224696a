package dev.birdconnect.source.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages passed on a way down that is longer than memory, by their tokens, so that they can be
 * read again from below to above. When there are too many, every second one is left out: reading
 * from a page down to what is emitted takes those below it along.
 */
final class Descent {

  private final int most;
  private List<String> pages = new ArrayList<>();

  /**
   * @param most how many tokens may be kept
   */
  Descent(int most) {
    this.most = Math.max(2, most);
  }

  /** Notes pages below all that were noted. */
  void push(List<String> tokens) {
    pages.addAll(tokens);
    while (pages.size() > most) {
      List<String> thinned = new ArrayList<>(most);
      for (int i = 1; i < pages.size(); i += 2) {
        thinned.add(pages.get(i));
      }
      pages = thinned;
    }
  }

  /** Takes the lowest page away; empty when only the head is left. */
  Optional<String> pop() {
    return pages.isEmpty() ? Optional.empty() : Optional.of(pages.remove(pages.size() - 1));
  }

  boolean isEmpty() {
    return pages.isEmpty();
  }

  int size() {
    return pages.size();
  }

  void clear() {
    pages.clear();
  }
}
