package dev.birdconnect.sink.position;

/**
 * Where a record stands, as the consumer knows it (KIP-793: before any transform).
 *
 * @param partition its partition
 * @param offset its offset
 */
public record RecordPosition(PartitionId partition, long offset) {

  @Override
  public String toString() {
    return "topic "
        + partition.topic()
        + ", partition "
        + partition.number()
        + ", offset "
        + offset;
  }
}
