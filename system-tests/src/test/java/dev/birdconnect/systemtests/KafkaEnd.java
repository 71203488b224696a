package dev.birdconnect.systemtests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The Kafka end: orders go in, and what stands there at the moment of asking comes out. */
final class KafkaEnd {

  private final String bootstrapServers;

  KafkaEnd(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Everything in a topic, by partition and offset; nothing where there is no such topic. */
  List<ConsumerRecord<String, String>> readAll(String topic) {
    return readAll(topic, consumer());
  }

  /** The same, as bytes. */
  List<ConsumerRecord<byte[], byte[]>> readBytes(String topic) {
    return readAll(
        topic,
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private static <T> List<ConsumerRecord<T, T>> readAll(String topic, KafkaConsumer<T, T> opened) {
    List<ConsumerRecord<T, T>> records = new ArrayList<>();
    try (KafkaConsumer<T, T> consumer = opened) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** The end offsets of a topic. */
  Map<TopicPartition, Long> ends(String topic) {
    try (KafkaConsumer<String, String> consumer = consumer()) {
      return consumer.endOffsets(partitions(consumer, topic));
    }
  }

  private KafkaConsumer<String, String> consumer() {
    return new KafkaConsumer<>(settings(), new StringDeserializer(), new StringDeserializer());
  }

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.listTopics().getOrDefault(topic, List.of()).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  /** The offsets that the group of a sink has committed. */
  Map<TopicPartition, Long> committed(String sink) {
    return committedBy(group(sink));
  }

  /** The offsets that a group has committed. */
  Map<TopicPartition, Long> committedBy(String group) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    asked(admin -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
  }

  /** The partitions that members of a sink's group own, each with the client id of the member. */
  Map<TopicPartition, String> owned(String sink) {
    Map<TopicPartition, String> owned = new HashMap<>();
    asked(admin -> admin.describeConsumerGroups(List.of(group(sink))).all())
        .get(group(sink))
        .members()
        .forEach(
            member ->
                member
                    .assignment()
                    .topicPartitions()
                    .forEach(partition -> owned.put(partition, member.clientId())));
    return owned;
  }

  private static String group(String sink) {
    return "connect-" + sink;
  }

  void createTopic(String topic, int partitions) {
    NewTopic wanted = new NewTopic(topic, partitions, (short) 1);
    asked(admin -> admin.createTopics(List.of(wanted)).all());
  }

  private <T> T asked(Function<Admin, KafkaFuture<T>> question) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return question.apply(admin).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Produces {@link Orders} that all become messages, those of a customer to one partition.
   *
   * @param from number of the first one
   */
  void produceOrders(String topic, int partitions, int customers, int from, int count) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", 1);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int order = from; order < from + count; order++) {
        int customer = order * 7 % customers;
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic,
                    customer % partitions,
                    Orders.key(customer),
                    Orders.good(order, customer)));
      }
    }
  }
}
