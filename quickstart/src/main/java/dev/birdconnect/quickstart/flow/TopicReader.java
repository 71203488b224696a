package dev.birdconnect.quickstart.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.quickstart.evidence.DeadLetter;
import dev.birdconnect.quickstart.evidence.DeliveryTimes;
import dev.birdconnect.quickstart.evidence.EvidenceBook;
import dev.birdconnect.quickstart.evidence.RecordCoordinates;
import dev.birdconnect.quickstart.evidence.StatusEvent;
import dev.birdconnect.quickstart.orders.OrderNotification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the dead letter topic and the event topics, notes all of it and tells it as news. */
public final class TopicReader implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Between two looks for topics that the connectors have yet to create. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final Consumer<String, String> consumer;
  private final ObjectMapper json = new ObjectMapper();
  private final FlowTopics topics;
  private final EvidenceBook book;
  private final Set<String> assigned = new HashSet<>();
  private long nextLookNanos = System.nanoTime();

  /**
   * Connects and reads from the beginning. The topics need not exist yet.
   *
   * @param bootstrapServers the brokers
   * @param topics what to read
   * @param book where to note it
   */
  public TopicReader(String bootstrapServers, FlowTopics topics, EvidenceBook book) {
    this(consumer(bootstrapServers), topics, book);
  }

  TopicReader(Consumer<String, String> consumer, FlowTopics topics, EvidenceBook book) {
    this.consumer = consumer;
    this.topics = topics;
    this.book = book;
  }

  /**
   * Reads what is there.
   *
   * @param wait the longest wait when nothing is there
   * @return a line for each record read that is news
   */
  public List<String> poll(Duration wait) {
    assignNewTopics();
    List<String> news = new ArrayList<>();
    for (ConsumerRecord<String, String> record : consumer.poll(wait)) {
      note(record).ifPresent(news::add);
    }
    return news;
  }

  /** Whether every record that is on the topics now has been read. */
  public boolean atEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), LIMIT);
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }

  /** Reads on where it was in the topics it knows; a subscription would begin them again. */
  private void assignNewTopics() {
    if (assigned.size() == topics.told().size() || System.nanoTime() - nextLookNanos < 0) {
      return;
    }
    nextLookNanos = System.nanoTime() + BETWEEN_LOOKS.toNanos();
    Map<String, List<PartitionInfo>> existing = consumer.listTopics(LIMIT);
    Set<TopicPartition> partitions = new HashSet<>(consumer.assignment());
    for (String topic : topics.told()) {
      if (existing.containsKey(topic) && assigned.add(topic)) {
        for (PartitionInfo partition : existing.getOrDefault(topic, List.of())) {
          partitions.add(new TopicPartition(topic, partition.partition()));
        }
      }
    }
    consumer.assign(partitions);
  }

  private static Consumer<String, String> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false",
            "isolation.level", "read_committed",
            "allow.auto.create.topics", "false"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private Optional<String> note(ConsumerRecord<String, String> record) {
    if (record.topic().equals(topics.deadLetters())) {
      return Optional.of(noteDeadLetter(record));
    }
    JsonNode value = parse(record);
    if (record.topic().equals(topics.deliveryTimes())) {
      noteDeliveryTimes(value);
      return Optional.empty();
    }
    return Optional.of(
        record.topic().equals(topics.messages()) ? noteMessage(value) : noteStatus(value));
  }

  private void noteDeliveryTimes(JsonNode value) {
    book.deliveryTimes(
        new DeliveryTimes(
            value.path("channelId").asText(),
            value.path("delivered").asInt(),
            Duration.ofMillis(value.path("p50Millis").asLong()),
            Duration.ofMillis(value.path("p95Millis").asLong()),
            Duration.ofMillis(value.path("longestMillis").asLong())));
  }

  private String noteDeadLetter(ConsumerRecord<String, String> record) {
    DeadLetter deadLetter =
        new DeadLetter(
            new RecordCoordinates(
                header(record, "__connect.errors.topic"),
                Integer.parseInt(header(record, "__connect.errors.partition")),
                Long.parseLong(header(record, "__connect.errors.offset"))),
            header(record, "__connect.errors.exception.message"));
    book.deadLetter(deadLetter);
    return who(Optional.of(deadLetter.source())) + " dead letter: " + deadLetter.reason();
  }

  private String noteMessage(JsonNode value) {
    String id = value.path("id").asText();
    book.messageEvent(id);
    return who(source(value)) + " message " + id;
  }

  private String noteStatus(JsonNode value) {
    Optional<RecordCoordinates> source = source(value);
    StatusEvent event =
        new StatusEvent(
            value.path("eventId").asText(),
            value.path("messageId").asText(),
            source,
            Optional.ofNullable(value.path("previousStatus").textValue()),
            value.path("status").asText(),
            Instant.ofEpochMilli(value.path("lastStatusAt").asLong()));
    book.statusEvent(event);
    String after =
        source
            .flatMap(book::producedAt)
            .map(start -> " after " + seconds(Duration.between(start, event.at())))
            .orElse("");
    String way = event.previous().map(previous -> previous + " -> ").orElse("") + event.status();
    return who(source) + " " + way + after;
  }

  private static Optional<RecordCoordinates> source(JsonNode value) {
    if (!value.path("referenceTopic").isTextual()) {
      return Optional.empty();
    }
    return Optional.of(
        new RecordCoordinates(
            value.path("referenceTopic").asText(),
            value.path("referencePartition").asInt(),
            value.path("referenceOffset").asLong()));
  }

  private String who(Optional<RecordCoordinates> source) {
    String name =
        source
            .flatMap(book::orderAt)
            .map(OrderNotification::orderId)
            .or(() -> source.map(RecordCoordinates::toString))
            .orElse("(no record)");
    return "%-12s".formatted(name);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      throw new IllegalStateException(
          "A record of the dead letter topic has no header "
              + name
              + ": the sink needs errors.deadletterqueue.context.headers.enable=true.");
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private JsonNode parse(ConsumerRecord<String, String> record) {
    try {
      return json.readTree(record.value());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Record " + record.offset() + " of topic " + record.topic() + " is not JSON.", e);
    }
  }
}
