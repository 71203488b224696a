package dev.birdconnect.benchmarks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The topics that sources on a cluster write, and the sources' settings. */
final class SourceTopics {

  private static final long BETWEEN_LOOKS_MILLIS = 100;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Cluster cluster;
  private final int partitions;
  private final Set<String> made = new HashSet<>();

  /**
   * @param partitions of each topic
   */
  SourceTopics(Cluster cluster, int partitions) {
    this.cluster = cluster;
    this.partitions = partitions;
  }

  /**
   * Settings of a source with all the reads that the API allows a workspace.
   *
   * @param url the API
   * @param prefix of the topics
   */
  Map<String, String> settings(String url, String prefix) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "dev.birdconnect.source.BirdSourceConnector");
    settings.put("tasks.max", "1");
    settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.put("value.converter.schemas.enable", "false");
    settings.put("bird.api.url", url);
    settings.put("bird.access.key", "key");
    settings.put("bird.validate.live", "false");
    settings.put("bird.workspace.id", Responder.WORKSPACE);
    settings.put("bird.channel.ids", Responder.CHANNEL);
    settings.put("bird.rate.get.per.second", "50");
    settings.put("topic.prefix", prefix);
    settings.put("topic.creation.default.partitions", Integer.toString(partitions));
    settings.put("topic.creation.default.replication.factor", "1");
    return settings;
  }

  /** How many messages are on the topic. */
  int messages(String prefix) {
    return end(prefix + ".messages");
  }

  /**
   * Waits until every message and its status is on its topic, and nothing more.
   *
   * @throws IllegalStateException when that is not so after a minute, or there is more
   */
  void awaitWhole(String prefix, int messages) throws InterruptedException {
    long start = System.nanoTime();
    int statuses = end(prefix + ".statuses");
    while (statuses < messages && System.nanoTime() - start < LONGEST_NANOS) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
      statuses = end(prefix + ".statuses");
    }
    if (statuses != messages || messages(prefix) != messages) {
      throw new IllegalStateException(
          "Of "
              + messages
              + " messages the topics have "
              + messages(prefix)
              + ", and "
              + statuses
              + " statuses.");
    }
  }

  /** Deletes both topics. */
  void drop(String prefix) throws Exception {
    cluster.drop(List.of(prefix + ".messages", prefix + ".statuses"));
  }

  /**
   * Whether the source has made the topic; asking for the end of one that is not there is logged.
   */
  private boolean exists(String topic) {
    return made.contains(topic)
        || (answer(cluster.admin().listTopics().names()).contains(topic) && made.add(topic));
  }

  private int end(String topic) {
    if (!exists(topic)) {
      return 0;
    }
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, partitions)
            .mapToObj(number -> new TopicPartition(topic, number))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return answer(cluster.admin().listOffsets(latest).all()).values().stream()
        .mapToInt(end -> (int) end.offset())
        .sum();
  }

  private static <T> T answer(KafkaFuture<T> asked) {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
