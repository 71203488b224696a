package dev.birdconnect.sink.position;

/**
 * A partition records come from, as the consumer knows it (KIP-793: before any transform).
 *
 * @param topic the topic
 * @param number the partition's number
 */
public record PartitionId(String topic, int number) {

  @Override
  public String toString() {
    return topic + "-" + number;
  }
}
