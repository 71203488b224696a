package dev.birdconnect.quickstart.evidence;

import dev.birdconnect.quickstart.orders.OrderNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Collects what is seen during a run. Safe for use by several threads. */
public final class EvidenceBook {

  private final int records;
  private final Map<RecordCoordinates, OrderNotification> orders = new HashMap<>();
  private final Map<RecordCoordinates, Instant> producedAt = new HashMap<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final List<String> messageEvents = new ArrayList<>();
  private final List<StatusEvent> statusEvents = new ArrayList<>();
  private final Map<String, DeliveryTimes> deliveryTimes = new TreeMap<>();
  private List<SentMessage> messages = List.of();

  /**
   * Opens a book.
   *
   * @param records how many records the run is to produce
   */
  public EvidenceBook(int records) {
    this.records = records;
  }

  /** Kafka took an order notification. */
  public synchronized void produced(
      RecordCoordinates place, OrderNotification order, Instant timestamp) {
    orders.put(place, order);
    producedAt.put(place, timestamp);
  }

  /** A record was read from the dead letter topic. */
  public synchronized void deadLetter(DeadLetter deadLetter) {
    deadLetters.add(deadLetter);
  }

  /** A record was read from the messages topic. */
  public synchronized void messageEvent(String messageId) {
    messageEvents.add(messageId);
  }

  /** A record was read from the statuses topic. */
  public synchronized void statusEvent(StatusEvent event) {
    statusEvents.add(event);
  }

  /** A record was read from the tracker's topic; replaces what it said of the channel before. */
  public synchronized void deliveryTimes(DeliveryTimes times) {
    deliveryTimes.put(times.channelId(), times);
  }

  /** The simulator has these messages now; replaces what it had before. */
  public synchronized void messages(List<SentMessage> now) {
    messages = List.copyOf(now);
  }

  /** The order notification at a place, once Kafka has confirmed it. */
  public synchronized Optional<OrderNotification> orderAt(RecordCoordinates place) {
    return Optional.ofNullable(orders.get(place));
  }

  /** When the record at a place was produced. */
  public synchronized Optional<Instant> producedAt(RecordCoordinates place) {
    return Optional.ofNullable(producedAt.get(place));
  }

  /** The numbers of this moment. */
  public synchronized Progress progress() {
    return new Progress(
        records,
        orders.size(),
        countMessages(message -> true),
        deadLetters.size(),
        countMessages(message -> Statuses.isDelivered(message.status())),
        countMessages(message -> Statuses.isFailed(message.status())),
        messages.size() - countMessages(message -> true),
        messageEvents.size(),
        statusEvents.size());
  }

  /**
   * Whether nothing more is expected: every record became a message or a dead letter, every message
   * has a final status, both kinds of events tell so, and the tracker has timed every delivery.
   */
  public synchronized boolean complete() {
    long finalEvents =
        statusEvents.stream()
            .filter(event -> Statuses.isFinal(event.status()))
            .map(StatusEvent::messageId)
            .distinct()
            .count();
    return orders.size() == records
        && countMessages(message -> true) + deadLetters.size() >= records
        && messages.stream().allMatch(message -> Statuses.isFinal(message.status()))
        && messageEvents.size() >= messages.size()
        && finalEvents >= messages.size()
        && timed() >= countMessages(message -> Statuses.isDelivered(message.status()));
  }

  /** Everything, for the check. */
  public synchronized Evidence evidence() {
    return new Evidence(
        orders,
        messages,
        deadLetters,
        messageEvents,
        statusEvents,
        List.copyOf(deliveryTimes.values()),
        timesToDelivery());
  }

  /** Times from the record in Kafka to the message in the simulator. */
  public synchronized Spread timeToAcceptance() {
    List<Duration> times = new ArrayList<>();
    for (SentMessage message : messages) {
      addTime(times, message.source(), message.createdAt());
    }
    return Spread.of(times);
  }

  /** Times from the record in Kafka to the message's delivery, as the status events tell it. */
  public synchronized Spread timeToDelivery() {
    return Spread.of(timesToDelivery());
  }

  /** What the delivery tracker says of each channel. */
  public synchronized List<DeliveryTimes> deliveryTimes() {
    return List.copyOf(deliveryTimes.values());
  }

  private List<Duration> timesToDelivery() {
    List<Duration> times = new ArrayList<>();
    for (StatusEvent event : statusEvents) {
      if (Statuses.isDelivered(event.status())) {
        addTime(times, event.source(), event.at());
      }
    }
    return times;
  }

  private int timed() {
    return deliveryTimes.values().stream().mapToInt(DeliveryTimes::delivered).sum();
  }

  private void addTime(List<Duration> times, Optional<RecordCoordinates> source, Instant reached) {
    source
        .flatMap(place -> Optional.ofNullable(producedAt.get(place)))
        .ifPresent(start -> times.add(Duration.between(start, reached)));
  }

  private int countMessages(Predicate<SentMessage> which) {
    return (int) messages.stream().filter(SentMessage::outgoing).filter(which).count();
  }
}
