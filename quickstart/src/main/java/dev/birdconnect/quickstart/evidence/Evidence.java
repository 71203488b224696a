package dev.birdconnect.quickstart.evidence;

import dev.birdconnect.quickstart.orders.OrderNotification;
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
 */
public record Evidence(
    Map<RecordCoordinates, OrderNotification> orders,
    List<SentMessage> messages,
    List<DeadLetter> deadLetters,
    List<String> messageEvents,
    List<StatusEvent> statusEvents) {

  /** Copies what it is given. */
  public Evidence {
    orders = Map.copyOf(orders);
    messages = List.copyOf(messages);
    deadLetters = List.copyOf(deadLetters);
    messageEvents = List.copyOf(messageEvents);
    statusEvents = List.copyOf(statusEvents);
  }
}
