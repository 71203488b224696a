package dev.birdconnect.sink.delivery;

import java.time.Duration;

/**
 * How sends are put into requests.
 *
 * @param maxSends most sends of a request; 1 for no batches
 * @param linger longest wait for further sends after the first one of a request
 * @param arrayOrder whether the API makes the messages of a batch in the order of the array, so
 *     that one may hold several sends of a lane (assumption 38)
 * @param resultTimeout longest time from the answer to a batch until its messages are made
 * @param getPerSecond reads per second that results may be looked up with
 */
public record BatchRules(
    int maxSends,
    Duration linger,
    boolean arrayOrder,
    Duration resultTimeout,
    double getPerSecond) {

  /** Every send has a request of its own. */
  public static final BatchRules SINGLE = new BatchRules(1, Duration.ZERO, false, Duration.ZERO, 1);

  boolean batches() {
    return maxSends > 1;
  }
}
