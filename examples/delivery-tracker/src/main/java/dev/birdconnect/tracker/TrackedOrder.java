package dev.birdconnect.tracker;

import dev.birdconnect.tracker.Observation.Reported;
import dev.birdconnect.tracker.Observation.StatusSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An order on the topic of deliveries: from its record over its acceptance to its delivery, as far
 * as it has come. Times are in milliseconds since 1970.
 *
 * @param namespace namespace of the sink's references
 * @param topic topic of the order's record
 * @param partition partition of the order's record
 * @param offset offset of the order's record
 * @param messageId the message's id
 * @param channelId the channel's id
 * @param verdict how the send ended
 * @param reason why there is no message
 * @param status the message's status
 * @param orderedAt the record's timestamp
 * @param acceptedAt when the message was made
 * @param deliveredAt when it was delivered
 * @param millisToAcceptance from order to acceptance
 * @param millisToDelivery from order to delivery
 */
record TrackedOrder(
    String namespace,
    String topic,
    int partition,
    long offset,
    Optional<String> messageId,
    Optional<String> channelId,
    Optional<String> verdict,
    Optional<String> reason,
    Optional<String> status,
    Optional<Instant> orderedAt,
    Optional<Instant> acceptedAt,
    Optional<Instant> deliveredAt,
    Optional<Long> millisToAcceptance,
    Optional<Long> millisToDelivery) {

  static TrackedOrder of(Delivery delivery) {
    OrderRecord order = delivery.order();
    Optional<Reported> report = delivery.report();
    Optional<StatusSeen> status = delivery.status();
    return new TrackedOrder(
        order.namespace(),
        order.topic(),
        order.partition(),
        order.offset(),
        status.map(StatusSeen::messageId).or(() -> report.flatMap(Reported::messageId)),
        status.map(StatusSeen::channelId),
        report.map(Reported::verdict),
        report.flatMap(Reported::reason),
        status.map(StatusSeen::status),
        report.flatMap(Reported::orderedAt),
        report.flatMap(Reported::acceptedAt),
        delivery.deliveredAt(),
        delivery.timeToAcceptance().map(Duration::toMillis),
        delivery.timeToDelivery().map(Duration::toMillis));
  }
}
