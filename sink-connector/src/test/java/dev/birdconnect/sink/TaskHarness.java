package dev.birdconnect.sink;

import dev.birdconnect.simulator.SimulatorSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;

/** A task on its own, called as a worker calls it. */
final class TaskHarness implements AutoCloseable {

  static final String TOPIC = "orders";
  static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
  static final TopicPartition P1 = new TopicPartition(TOPIC, 1);

  final FakeContext context;
  final BirdSinkTask task = new BirdSinkTask();
  private final Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();

  private TaskHarness(FakeContext context) {
    this.context = context;
  }

  static Map<String, String> properties(URI url) {
    Map<String, String> properties = new HashMap<>();
    properties.put("name", "shop");
    properties.put("task.id", "0");
    properties.put("bird.api.url", url.toString());
    properties.put("bird.access.key", SimulatorSettings.DEMO_ACCESS_KEY);
    properties.put("bird.workspace.id", SimulatorSettings.DEMO_WORKSPACE_ID);
    properties.put("bird.channel.id", SimulatorSettings.DEMO_SMS_CHANNEL_ID);
    properties.put("bird.rate.post.per.second", "100000");
    properties.put("bird.http.request.timeout.ms", "500");
    properties.put("doubt.settle.ms", "1000");
    properties.put("retry.backoff.initial.ms", "10");
    properties.put("retry.backoff.max.ms", "50");
    return properties;
  }

  static TaskHarness start(Map<String, String> properties, boolean withReporter) {
    TaskHarness harness = new TaskHarness(new FakeContext(withReporter));
    harness.task.initialize(harness.context);
    harness.task.start(properties);
    harness.open(List.of(P0, P1));
    return harness;
  }

  void open(List<TopicPartition> partitions) {
    task.open(partitions);
    partitions.forEach(partition -> positions.put(partition, new OffsetAndMetadata(0)));
  }

  static String text(String receiver, String text) {
    return """
        {"receiver": {"contacts": [{"identifierValue": "%s"}]},
         "body": {"type": "text", "text": {"text": "%s"}}}"""
        .formatted(receiver, text);
  }

  static SinkRecord record(TopicPartition partition, long offset, Object key, Object value) {
    return new SinkRecord(
        partition.topic(),
        partition.partition(),
        null,
        key,
        null,
        value,
        offset,
        1_700_000_000_000L + offset,
        TimestampType.CREATE_TIME);
  }

  /** Records of a partition with these offsets, keys in turn. */
  static List<SinkRecord> records(TopicPartition partition, long from, int count, int keys) {
    List<SinkRecord> records = new ArrayList<>();
    for (long offset = from; offset < from + count; offset++) {
      String key = "key-" + offset % keys;
      records.add(record(partition, offset, key, text("+3160000" + offset % keys, "n " + offset)));
    }
    return records;
  }

  void put(Collection<SinkRecord> records) {
    for (SinkRecord record : records) {
      positions.merge(
          new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
          new OffsetAndMetadata(record.originalKafkaOffset() + 1),
          (a, b) -> a.offset() > b.offset() ? a : b);
    }
    task.put(records);
  }

  /** The consumer goes back. */
  void rewind(TopicPartition partition, long offset) {
    positions.put(partition, new OffsetAndMetadata(offset));
  }

  Map<TopicPartition, Long> preCommit() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    task.preCommit(new HashMap<>(positions))
        .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
  }

  /** Calls the task as a worker does until {@code condition} holds. */
  void until(Callable<Boolean> condition) {
    Awaitility.await()
        .pollInSameThread()
        .pollInterval(java.time.Duration.ofMillis(5))
        .atMost(java.time.Duration.ofSeconds(20))
        .until(
            () -> {
              task.put(List.of());
              return condition.call();
            });
  }

  /** Calls the task until the offset committed for a partition is this one. */
  void untilCommitted(TopicPartition partition, long offset) {
    until(() -> preCommit().get(partition) == offset);
  }

  /** Preliminary commit, close and final offsets, in the order in which a worker does it. */
  Map<TopicPartition, Long> closePartitions(List<TopicPartition> partitions) {
    return closePartitions(partitions, () -> {});
  }

  /** The same; {@code meanwhile} happens between commit and close. */
  Map<TopicPartition, Long> closePartitions(List<TopicPartition> partitions, Runnable meanwhile) {
    Map<TopicPartition, OffsetAndMetadata> returned = task.preCommit(new HashMap<>(positions));
    meanwhile.run();
    task.close(partitions);
    partitions.forEach(positions::remove);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    returned.forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
  }

  @Override
  public void close() {
    task.close(List.copyOf(positions.keySet()));
    task.stop();
  }
}
