package dev.birdconnect.tracker;

import dev.birdconnect.tracker.Observation.Reported;
import dev.birdconnect.tracker.Observation.StatusSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of an order. Reports and statuses may come in any order and more than once, as
 * both are written at least once: what has been taken in already changes nothing.
 *
 * @param order the order's record
 * @param report the sink's report
 * @param status the status seen last
 * @param deliveredAt when it was delivered first
 * @param events ids of the status events taken in
 */
record Delivery(
    OrderRecord order,
    Optional<Reported> report,
    Optional<StatusSeen> status,
    Optional<Instant> deliveredAt,
    List<String> events) {

  Delivery {
    events = List.copyOf(events);
  }

  /** An order of which nothing is known. */
  static Delivery unknown(OrderRecord order) {
    return new Delivery(order, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** With what was observed; equal to this where that is known already. */
  Delivery with(Observation observation) {
    return observation instanceof Reported reported
        ? with(reported)
        : with((StatusSeen) observation);
  }

  /** Accepted stays accepted; otherwise the latest report counts. */
  private Delivery with(Reported reported) {
    return report.filter(Reported::accepted).isPresent()
        ? this
        : new Delivery(order, Optional.of(reported), status, deliveredAt, events);
  }

  private Delivery with(StatusSeen seen) {
    if (events.contains(seen.eventId())) {
      return this;
    }
    List<String> all = new ArrayList<>(events);
    all.add(seen.eventId());
    Optional<Instant> delivered =
        deliveredAt.or(() -> seen.delivered() ? Optional.of(seen.at()) : Optional.empty());
    return new Delivery(order, report, Optional.of(seen), delivered, all);
  }

  /** From the order's record to the message's acceptance. */
  Optional<Duration> timeToAcceptance() {
    return from(report.flatMap(Reported::orderedAt), report.flatMap(Reported::acceptedAt));
  }

  /** From the order's record to the message's delivery, once both are known. */
  Optional<Duration> timeToDelivery() {
    return from(report.flatMap(Reported::orderedAt), deliveredAt);
  }

  /** The clocks are two, Kafka's and the API's: a time that would be negative counts as zero. */
  private static Optional<Duration> from(Optional<Instant> begin, Optional<Instant> end) {
    return begin.flatMap(
        from ->
            end.map(until -> until.isBefore(from) ? Duration.ZERO : Duration.between(from, until)));
  }
}
