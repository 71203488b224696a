package dev.birdconnect.tracker;

/**
 * What an observation has changed.
 *
 * @param before what was known of the order
 * @param after what is known now
 */
record Change(Delivery before, Delivery after) {

  /** Whether the time from order to delivery is known now and was not before: once per order. */
  boolean completes() {
    return before.timeToDelivery().isEmpty() && after.timeToDelivery().isPresent();
  }
}
