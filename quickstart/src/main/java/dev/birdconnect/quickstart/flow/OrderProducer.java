package dev.birdconnect.quickstart.flow;

import dev.birdconnect.quickstart.evidence.EvidenceBook;
import dev.birdconnect.quickstart.evidence.RecordCoordinates;
import dev.birdconnect.quickstart.orders.OrderNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes order notifications to a topic, evenly over a while, and notes where each one lies. */
public final class OrderProducer implements AutoCloseable {

  private final KafkaProducer<String, String> producer;
  private final String topic;
  private final List<OrderNotification> notifications;
  private final Duration spread;
  private final EvidenceBook book;
  private volatile @Nullable Exception failure;
  private int sent;

  /**
   * Connects; sends nothing yet.
   *
   * @param bootstrapServers the brokers
   * @param topic an existing topic
   * @param notifications what to write, in this order
   * @param spread the time over which to write them
   * @param book where to note them
   */
  public OrderProducer(
      String bootstrapServers,
      String topic,
      List<OrderNotification> notifications,
      Duration spread,
      EvidenceBook book) {
    // One request at a time: the leader of a new partition may refuse the first batch and take the
    // second, and then refuses the first for ever as out of sequence.
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "enable.idempotence", "true",
                "max.in.flight.requests.per.connection", "1"),
            new StringSerializer(),
            new StringSerializer());
    this.topic = topic;
    this.notifications = List.copyOf(notifications);
    this.spread = spread;
    this.book = book;
  }

  /**
   * Sends the notifications that are due.
   *
   * @param elapsed time since the first call
   * @throws IllegalStateException when an earlier one could not be written
   */
  public void sendDue(Duration elapsed) {
    Exception cause = failure;
    if (cause != null) {
      throw new IllegalStateException(
          "A record could not be written to topic " + topic + ".", cause);
    }
    double share = spread.isZero() ? 1 : Math.min(1, elapsed.toNanos() / (double) spread.toNanos());
    int due = (int) Math.ceil(share * notifications.size());
    while (sent < due) {
      send(notifications.get(sent));
      sent++;
    }
  }

  private void send(OrderNotification notification) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, notification.customer(), notification.request()),
            (RecordMetadata place, @Nullable Exception problem) -> {
              if (problem != null) {
                failure = problem;
                return;
              }
              book.produced(
                  new RecordCoordinates(place.topic(), place.partition(), place.offset()),
                  notification,
                  Instant.ofEpochMilli(place.timestamp()));
            });
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
