package dev.birdconnect.tracker;

/**
 * The Kafka record that an order's message was made from. Reports and statuses both name it.
 *
 * @param namespace namespace of the sink's references, its name by default
 * @param topic the record's topic
 * @param partition the record's partition
 * @param offset the record's offset
 */
record OrderRecord(String namespace, String topic, int partition, long offset) {

  /** What reports and statuses are brought together by; no part but the last may hold a colon. */
  String key() {
    return String.join(":", namespace, topic, Integer.toString(partition), Long.toString(offset));
  }
}
