package dev.birdconnect.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics of {@link Load} on a cluster, and the sinks that read them. */
final class SinkLoad {

  private static final int PARTITIONS = 4;
  private static final Duration FINISHED = Duration.ofMinutes(1);
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final Cluster cluster;

  SinkLoad(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Makes a topic of {@link Load}. */
  void produce(String topic, int records, int keys) throws Exception {
    // One request at a time: the leader of a new partition may refuse the first batch and take the
    // second, and then refuses the first for ever as out of sequence.
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "linger.ms",
            20,
            "batch.size",
            100_000,
            "max.in.flight.requests.per.connection",
            1);
    cluster.admin().createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        var unused =
            producer.send(new ProducerRecord<>(topic, Load.key(i, keys), Load.value(i, keys)));
      }
    }
  }

  /**
   * Waits until every record of a topic is finished and committed by the connector of its name.
   *
   * @throws IllegalStateException when that takes more than a minute
   */
  void awaitFinished(String topic) throws Exception {
    long start = System.nanoTime();
    Map<TopicPartition, Long> ends = ends(topic);
    Map<TopicPartition, Long> committed = committed(topic);
    while (!committed.equals(ends)) {
      if (System.nanoTime() - start > FINISHED.toNanos()) {
        throw new IllegalStateException(
            "The sink has committed " + committed + " of the records up to " + ends + ".");
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
      committed = committed(topic);
    }
  }

  private Map<TopicPartition, Long> ends(String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    cluster
        .admin()
        .listOffsets(latest)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private Map<TopicPartition, Long> committed(String name) throws Exception {
    Map<TopicPartition, Long> committed = new HashMap<>();
    cluster
        .admin()
        .listConsumerGroupOffsets("connect-" + name)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach((partition, offset) -> committed.put(partition, offset.offset()));
    return committed;
  }

  /**
   * Settings of a sink with no limit of its own that reads a topic of {@link Load}.
   *
   * @param url the API
   * @param workspace the workspace
   * @param channel the channel
   */
  static Map<String, String> sink(
      String topic, String url, String workspace, String channel, int tasks, int inFlight) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "dev.birdconnect.sink.BirdSinkConnector");
    settings.put("tasks.max", Integer.toString(tasks));
    settings.put("topics", topic);
    settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.put("value.converter.schemas.enable", "false");
    settings.put("bird.api.url", url);
    settings.put("bird.access.key", "key");
    settings.put("bird.validate.live", "false");
    settings.put("bird.http.request.timeout.ms", "5000");
    settings.put("doubt.settle.ms", "0");
    settings.put("bird.workspace.id", workspace);
    settings.put("bird.channel.id", channel);
    settings.put("bird.rate.post.per.second", "100000");
    settings.put("max.in.flight", Integer.toString(inFlight));
    return settings;
  }
}
