package dev.birdconnect.quickstart.evidence;

import dev.birdconnect.quickstart.orders.OrderNotification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds what was lost, doubled or told wrongly: every sendable record is exactly one message, every
 * other record lies exactly once on the dead letter topic, every message appears exactly once on
 * the messages topic, no status event appears twice, the last one of a message is its status, and
 * the delivery tracker has timed every delivery once, as long as it took.
 */
public final class Checker {

  /** The tracker's times are exact to one part in so many. */
  private static final int PRECISION = 100;

  private static final Comparator<RecordCoordinates> BY_PLACE =
      Comparator.comparing(RecordCoordinates::topic)
          .thenComparing(RecordCoordinates::partition)
          .thenComparing(RecordCoordinates::offset);

  /** Returns one sentence for each thing that is wrong; empty when all is well. */
  public List<String> findings(Evidence evidence) {
    List<String> findings = new ArrayList<>();
    checkSends(evidence, findings);
    checkDeadLetters(evidence, findings);
    checkMessageEvents(evidence, findings);
    checkStatusEvents(evidence, findings);
    checkDeliveryTimes(evidence, findings);
    return List.copyOf(findings);
  }

  private static void checkSends(Evidence evidence, List<String> findings) {
    Map<RecordCoordinates, Long> made =
        count(evidence.messages().stream().flatMap(m -> m.source().stream()).toList());
    for (RecordCoordinates place : inOrder(evidence.orders().keySet())) {
      OrderNotification order = orderAt(evidence, place);
      long times = made.getOrDefault(place, 0L);
      if (order.sendable() && times == 0) {
        findings.add(named(order, place) + " was lost: the simulator has no message of it.");
      } else if (order.sendable() && times > 1) {
        findings.add(named(order, place) + " was sent " + times + " times.");
      } else if (!order.sendable() && times > 0) {
        findings.add(named(order, place) + " has a fault and was sent nevertheless.");
      }
    }
    for (SentMessage message : evidence.messages()) {
      boolean known = message.source().map(evidence.orders()::containsKey).orElse(false);
      if (message.outgoing() && !known) {
        findings.add("Message " + message.id() + " was made from none of the produced records.");
      }
      if (message.outgoing() && known && !Statuses.isFinal(message.status())) {
        findings.add(
            "Message " + message.id() + " has not come further than " + message.status() + ".");
      }
    }
  }

  private static void checkDeadLetters(Evidence evidence, List<String> findings) {
    Map<RecordCoordinates, Long> dead =
        count(evidence.deadLetters().stream().map(DeadLetter::source).toList());
    for (RecordCoordinates place : inOrder(evidence.orders().keySet())) {
      OrderNotification order = orderAt(evidence, place);
      long times = dead.getOrDefault(place, 0L);
      if (!order.sendable() && times == 0) {
        findings.add(named(order, place) + " has a fault and is not on the dead letter topic.");
      } else if (order.sendable() && times > 0) {
        findings.add(named(order, place) + " has no fault and is on the dead letter topic.");
      } else if (times > 1) {
        findings.add(named(order, place) + " is " + times + " times on the dead letter topic.");
      }
    }
    for (RecordCoordinates place : inOrder(dead.keySet())) {
      if (!evidence.orders().containsKey(place)) {
        findings.add("The dead letter topic holds " + place + ", which was not produced.");
      }
    }
  }

  private static void checkMessageEvents(Evidence evidence, List<String> findings) {
    Map<String, Long> events = count(evidence.messageEvents());
    for (SentMessage message : evidence.messages()) {
      long times = Objects.requireNonNullElse(events.remove(message.id()), 0L);
      if (times == 0) {
        findings.add("Message " + message.id() + " is missing on the messages topic.");
      } else if (times > 1) {
        findings.add("Message " + message.id() + " is " + times + " times on the messages topic.");
      }
    }
    for (String id : events.keySet()) {
      findings.add("Message " + id + " is on the messages topic and unknown to the simulator.");
    }
  }

  private static void checkStatusEvents(Evidence evidence, List<String> findings) {
    Map<String, StatusEvent> last = new HashMap<>();
    for (StatusEvent event : evidence.statusEvents()) {
      last.put(event.messageId(), event);
    }
    for (SentMessage message : evidence.messages()) {
      StatusEvent event = last.remove(message.id());
      if (event == null) {
        findings.add("Message " + message.id() + " is missing on the statuses topic.");
      } else if (!event.status().equals(message.status())) {
        findings.add(
            "Message "
                + message.id()
                + " is "
                + message.status()
                + ", but its last event on the statuses topic says "
                + event.status()
                + ".");
      } else if (!event.source().equals(message.source())) {
        findings.add(
            "The status events of message " + message.id() + " name another record as its origin.");
      }
    }
    for (String id : last.keySet()) {
      findings.add("Message " + id + " is on the statuses topic and unknown to the simulator.");
    }
    checkRepeats(evidence.statusEvents(), findings);
  }

  private static void checkRepeats(List<StatusEvent> events, List<String> findings) {
    Map<String, Long> times = count(events.stream().map(StatusEvent::eventId).toList());
    for (StatusEvent event : events) {
      long seen = Objects.requireNonNullElse(times.remove(event.eventId()), 1L);
      if (seen > 1) {
        findings.add(
            "The change of message "
                + event.messageId()
                + " to "
                + event.status()
                + " is "
                + seen
                + " times on the statuses topic.");
      }
    }
  }

  private static void checkDeliveryTimes(Evidence evidence, List<String> findings) {
    long delivered =
        evidence.messages().stream()
            .filter(message -> message.outgoing() && Statuses.isDelivered(message.status()))
            .count();
    long timed = evidence.deliveryTimes().stream().mapToLong(DeliveryTimes::delivered).sum();
    if (timed != delivered) {
      findings.add(
          "The delivery tracker has timed "
              + timed
              + " deliveries, and "
              + delivered
              + " messages are delivered.");
      return;
    }
    Duration longest = Spread.of(evidence.timesToDelivery()).longest();
    Duration told =
        evidence.deliveryTimes().stream()
            .map(DeliveryTimes::longest)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    if (told.minus(longest).abs().compareTo(longest.dividedBy(PRECISION)) > 0) {
      findings.add(
          "The longest time from order to delivery was "
              + longest.toMillis()
              + " ms, and the delivery tracker says "
              + told.toMillis()
              + " ms.");
    }
  }

  private static OrderNotification orderAt(Evidence evidence, RecordCoordinates place) {
    return Optional.ofNullable(evidence.orders().get(place)).orElseThrow();
  }

  private static String named(OrderNotification order, RecordCoordinates place) {
    return "Record " + order.orderId() + " (" + place + ")";
  }

  private static List<RecordCoordinates> inOrder(Collection<RecordCoordinates> places) {
    return places.stream().sorted(BY_PLACE).toList();
  }

  private static <T> Map<T, Long> count(Collection<T> things) {
    return things.stream()
        .collect(Collectors.groupingBy(Function.identity(), HashMap::new, Collectors.counting()));
  }
}
