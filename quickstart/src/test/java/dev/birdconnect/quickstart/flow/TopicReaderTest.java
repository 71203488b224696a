package dev.birdconnect.quickstart.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.quickstart.evidence.DeadLetter;
import dev.birdconnect.quickstart.evidence.DeliveryTimes;
import dev.birdconnect.quickstart.evidence.EvidenceBook;
import dev.birdconnect.quickstart.evidence.RecordCoordinates;
import dev.birdconnect.quickstart.evidence.StatusEvent;
import dev.birdconnect.quickstart.orders.OrderNotification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicReaderTest {

  private static final FlowTopics TOPICS =
      new FlowTopics(
          "orders",
          "orders.dead",
          "bird.messages",
          "bird.statuses",
          "orders.reports",
          "delivery-times");
  private static final RecordCoordinates PLACE = new RecordCoordinates("orders", 2, 17);

  private final MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
  private final EvidenceBook book = new EvidenceBook(1);
  private final TopicReader reader = new TopicReader(consumer, TOPICS, book);

  TopicReaderTest() {
    List<TopicPartition> partitions =
        TOPICS.told().stream().map(topic -> new TopicPartition(topic, 0)).toList();
    for (TopicPartition partition : partitions) {
      create(partition.topic());
    }
    Map<TopicPartition, Long> zeros =
        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> 0L));
    consumer.updateBeginningOffsets(zeros);
    consumer.updateEndOffsets(zeros);
    book.produced(
        PLACE,
        new OrderNotification("order-1001", "customer-1", "{}", true),
        Instant.parse("2031-03-01T13:00:00Z"));
  }

  @Test
  void aDeadLetterIsKnownByItsContextHeaders() {
    ConsumerRecord<String, String> record = record("orders.dead", "{}");
    header(record, "topic", "orders");
    header(record, "partition", "2");
    header(record, "offset", "17");
    header(record, "exception.message", "the reason");
    add(record);

    assertThat(reader.poll(Duration.ZERO)).containsExactly("order-1001   dead letter: the reason");
    assertThat(book.evidence().deadLetters()).containsExactly(new DeadLetter(PLACE, "the reason"));
  }

  @Test
  void aDeadLetterWithoutContextHeadersIsAFailureThatSaysWhatToSet() {
    add(record("orders.dead", "{}"));

    assertThatThrownBy(() -> reader.poll(Duration.ZERO))
        .hasMessageContaining("errors.deadletterqueue.context.headers.enable=true");
  }

  @Test
  void aMessageEventIsKnownByItsId() {
    add(
        record(
            "bird.messages",
            """
            {"id": "m1", "referenceTopic": "orders", "referencePartition": 2,
             "referenceOffset": 17}
            """));

    assertThat(reader.poll(Duration.ZERO)).containsExactly("order-1001   message m1");
    assertThat(book.evidence().messageEvents()).containsExactly("m1");
  }

  @Test
  void aStatusEventIsJoinedWithItsOrderByTheSinksCoordinates() {
    add(
        record(
            "bird.statuses",
            """
            {"eventId": "e1", "messageId": "m1", "previousStatus": "sent", "status": "delivered",
             "lastStatusAt": 1930136401540,
             "referenceNamespace": "bird-sink", "referenceTopic": "orders",
             "referencePartition": 2,
             "referenceOffset": 17}
            """));

    assertThat(reader.poll(Duration.ZERO))
        .containsExactly("order-1001   sent -> delivered after 1.5 s");
    assertThat(book.evidence().statusEvents())
        .containsExactly(
            new StatusEvent(
                "e1",
                "m1",
                Optional.of(PLACE),
                Optional.of("sent"),
                "delivered",
                Instant.parse("2031-03-01T13:00:01.540Z")));
  }

  @Test
  void theLastTimesOfAChannelCountAndAreNoNews() {
    String times =
        """
        {"channelId": "sms", "delivered": %d, "meanMillis": 5400, "p50Millis": 5375,
         "p95Millis": 6815, "longestMillis": 7167}
        """;
    add(record("delivery-times", times.formatted(3)));
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>("delivery-times", 0, 1, "sms", times.formatted(4))));

    assertThat(reader.poll(Duration.ZERO)).isEmpty();
    assertThat(reader.poll(Duration.ZERO)).isEmpty();
    assertThat(book.deliveryTimes())
        .containsExactly(
            new DeliveryTimes(
                "sms",
                4,
                Duration.ofMillis(5375),
                Duration.ofMillis(6815),
                Duration.ofMillis(7167)));
  }

  @Test
  void theEndIsReachedWhenNothingIsLeft() {
    TopicPartition messages = new TopicPartition("bird.messages", 0);
    add(record("bird.messages", "{\"id\": \"m1\"}"));
    consumer.updateEndOffsets(Map.of(messages, 2L));
    reader.poll(Duration.ZERO);
    assertThat(reader.atEnd()).isFalse();

    consumer.updateEndOffsets(Map.of(messages, 1L));
    assertThat(reader.atEnd()).isTrue();
  }

  private void add(ConsumerRecord<String, String> record) {
    consumer.schedulePollTask(() -> consumer.addRecord(record));
  }

  private void create(String topic) {
    consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
  }

  private static ConsumerRecord<String, String> record(String topic, String value) {
    return new ConsumerRecord<>(topic, 0, 0, "key", value);
  }

  private static void header(ConsumerRecord<String, String> record, String name, String value) {
    record.headers().add("__connect.errors." + name, value.getBytes(StandardCharsets.UTF_8));
  }
}
