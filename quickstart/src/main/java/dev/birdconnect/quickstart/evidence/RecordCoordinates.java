package dev.birdconnect.quickstart.evidence;

/**
 * Where a record lies in Kafka.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset the offset
 */
public record RecordCoordinates(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
