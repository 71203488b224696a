package dev.birdconnect.quickstart.evidence;

import dev.birdconnect.quickstart.orders.OrderNotification;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All that was seen of one run.
 *
 * @param orders what was produced, by the place Kafka gave it
 * @param messages what the simulator has
 * @param deadLetters what lies on the dead letter topic
 * @param messageEvents ids on the messages topic, one for each record there
 * @param statusEvents the records of the statuses topic; those of one message in their order
 * @param deliveryTimes what the delivery tracker says of each channel
 * @param timesToDelivery from each record to its message's delivery, as the status events tell
 */
public record Evidence(
    Map<RecordCoordinates, OrderNotification> orders,
    List<SentMessage> messages,
    List<DeadLetter> deadLetters,
    List<String> messageEvents,
    List<StatusEvent> statusEvents,
    List<DeliveryTimes> deliveryTimes,
    List<Duration> timesToDelivery) {

  /** Copies what it is given. */
  public Evidence {
    orders = Map.copyOf(orders);
    messages = List.copyOf(messages);
    deadLetters = List.copyOf(deadLetters);
    messageEvents = List.copyOf(messageEvents);
    statusEvents = List.copyOf(statusEvents);
    deliveryTimes = List.copyOf(deliveryTimes);
    timesToDelivery = List.copyOf(timesToDelivery);
  }
}
