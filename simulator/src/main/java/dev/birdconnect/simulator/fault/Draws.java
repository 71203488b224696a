package dev.birdconnect.simulator.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random numbers that follow from the seed, the request and how often such a request came before,
 * and not from the order in which different requests arrive: parallel clients meet the same faults
 * in every run. Its user guards it.
 */
final class Draws {
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final long seed;
  private final Map<Long, Integer> seen = new HashMap<>();

  Draws(long seed) {
    this.seed = seed;
  }

  /** The numbers of one more such request. */
  SplittableRandom next(RequestFacts facts) {
    long key = seed;
    for (String part : new String[] {facts.method(), facts.path()}) {
      key = key * SPREAD + hash(part);
    }
    for (String reference : facts.references()) {
      key = key * SPREAD + hash(reference);
    }
    int before = seen.merge(key, 1, Integer::sum);
    // Through a generator once: neighbouring keys must not draw neighbouring numbers.
    return new SplittableRandom(new SplittableRandom(key + before).nextLong());
  }

  private static long hash(String text) {
    long hash = 1125899906842597L;
    for (int i = 0; i < text.length(); i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }
}
