package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.systemtests.BothEnds.Fate;
import dev.birdconnect.systemtests.BothEnds.Made;
import dev.birdconnect.systemtests.BothEnds.Place;
import dev.birdconnect.systemtests.BothEnds.Produced;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A sink with {@link Orders} in its topic: both ends of it, read and compared. */
final class SinkUnderTest {

  /** The header in which Connect names where a dead letter comes from, without its last word. */
  private static final String ORIGIN = "__connect.errors.";

  private final String name;
  private final String topic;
  private final KafkaEnd kafka;
  private final Simulator simulator;

  /**
   * @param name the connector's name, which is the namespace of its references too
   * @param topic the topic that it reads; its dead letters go to {@link #deadLetters}
   */
  SinkUnderTest(String name, String topic, KafkaEnd kafka, Simulator simulator) {
    this.name = name;
    this.topic = topic;
    this.kafka = kafka;
    this.simulator = simulator;
  }

  /** The topic of the dead letters of a sink that reads {@code topic}. */
  static String deadLetters(String topic) {
    return topic + ".dead-letters";
  }

  private static Fate fate(ConsumerRecord<String, String> record) {
    if (record.value() == null) {
      return Fate.NOTHING;
    }
    return Orders.isGood(record.value()) ? Fate.MESSAGE : Fate.DEAD_LETTER;
  }

  private static Place place(ConsumerRecord<String, String> record) {
    return new Place(record.topic(), record.partition(), record.offset());
  }

  private BothEnds ends() {
    return new BothEnds(
        name,
        kafka.readAll(topic).stream()
            .map(
                record ->
                    new Produced(
                        place(record),
                        record.key() == null ? place(record).toString() : record.key(),
                        record.value() == null ? -1 : Orders.index(record.value()),
                        fate(record)))
            .toList());
  }

  private List<Made> made() {
    return simulator.messages().stream()
        .filter(message -> message.direction().equals("outgoing"))
        .map(message -> new Made(message.reference(), Orders.index(message.json())))
        .toList();
  }

  private List<Place> deadLetters() {
    return kafka.readAll(deadLetters(topic)).stream().map(SinkUnderTest::origin).toList();
  }

  /** Where a dead letter comes from. */
  static Place origin(ConsumerRecord<String, String> letter) {
    return new Place(
        header(letter, "topic"),
        Integer.parseInt(header(letter, "partition")),
        Long.parseLong(header(letter, "offset")));
  }

  /** What Connect says of a dead letter. */
  static String header(ConsumerRecord<String, String> letter, String field) {
    return new String(letter.headers().lastHeader(ORIGIN + field).value(), StandardCharsets.UTF_8);
  }

  /** How many messages of a partition were made. */
  long madeOf(TopicPartition partition) {
    String start = "bk1:" + name + ":" + partition.topic() + ":" + partition.partition() + ":";
    return simulator.madeByReference().keySet().stream()
        .filter(reference -> reference.startsWith(start))
        .count();
  }

  /** Nothing that is not finished lies below a committed offset; holds at any moment. */
  void checkCommits() {
    Map<TopicPartition, Long> committed = kafka.committed(name);
    assertThat(ends().passedOver(committed, made(), deadLetters())).isEmpty();
  }

  /**
   * Waits until every record is committed. Fails when the sink does not get on for {@code
   * patience}.
   */
  void awaitFinished(Duration patience) {
    Map<TopicPartition, Long> ends = kafka.ends(topic);
    Map<TopicPartition, Long> committed = kafka.committed(name);
    while (!committed.equals(ends)) {
      int made = simulator.size();
      Map<TopicPartition, Long> before = committed;
      committed =
          await("the sink gets on after " + made + " messages and the commits " + before)
              .atMost(patience)
              .pollInterval(Duration.ofMillis(500))
              .until(
                  () -> kafka.committed(name),
                  now -> !now.equals(before) || simulator.size() > made);
    }
  }

  /** Nothing lost, nothing doubled, the order of keys kept, and all committed. */
  void check() {
    assertThat(ends().wrong(made(), deadLetters(), kafka.committed(name))).isEmpty();
  }
}
