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
 * @param resultTimeout longest time from the answer to a batch until its messages are made; zero
 *     without batches
 * @param maxPages most pages that are read for one answer
 */
public record DoubtRules(
    String namespace,
    DoubtPolicy policy,
    Duration callTimeout,
    Duration settle,
    Duration resultTimeout,
    int maxPages) {

  /** The rules where every send has a request of its own. */
  public DoubtRules(
      String namespace, DoubtPolicy policy, Duration callTimeout, Duration settle, int maxPages) {
    this(namespace, policy, callTimeout, settle, Duration.ZERO, maxPages);
  }

  /**
   * Until this long after the assignment of a partition, calls of an earlier owner may bring
   * messages into the list.
   */
  Duration hold() {
    return callTimeout.plus(settle).plus(resultTimeout);
  }

  ListingLimits limits() {
    return new ListingLimits(maxPages, callTimeout.plus(settle));
  }
}
