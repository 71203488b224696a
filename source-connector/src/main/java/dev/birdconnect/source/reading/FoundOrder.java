package dev.birdconnect.source.reading;

import java.time.Instant;

/**
 * What the first messages of both directions tell of the order of a list.
 *
 * @param order the order to read by
 * @param certain whether it stays so; messages of one time do not tell it, as the server may order
 *     them in any way
 */
record FoundOrder(ListOrder order, boolean certain) {

  /**
   * Compares when the first messages were made.
   *
   * @param byDefault the first one of the list
   * @param inReverse the first one of the reversed list
   */
  static FoundOrder of(Instant byDefault, Instant inReverse) {
    ListOrder order =
        byDefault.isBefore(inReverse) ? ListOrder.OLDEST_FIRST : ListOrder.NEWEST_FIRST;
    return new FoundOrder(order, !byDefault.equals(inReverse));
  }
}
