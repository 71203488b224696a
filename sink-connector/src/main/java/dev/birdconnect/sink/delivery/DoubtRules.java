package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.reconcile.ListingLimits;
import java.time.Duration;

/**
 * How doubts are resolved.
 *
 * @param namespace the namespace of the references
 * @param policy what happens to a doubt that remains
 * @param callTimeout longest time a call takes
 * @param settle time after which every message that was made is in the list
 * @param maxPages most pages that are read for one answer
 */
public record DoubtRules(
    String namespace, DoubtPolicy policy, Duration callTimeout, Duration settle, int maxPages) {

  /**
   * Until this long after the assignment of a partition, calls of an earlier owner may bring
   * messages into the list.
   */
  Duration hold() {
    return callTimeout.plus(settle);
  }

  ListingLimits limits() {
    return new ListingLimits(maxPages, callTimeout.plus(settle));
  }
}
