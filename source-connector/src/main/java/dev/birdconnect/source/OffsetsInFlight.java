package dev.birdconnect.source;

import dev.birdconnect.source.position.OffsetCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The offsets of records that the worker holds until Kafka has them. They may be larger than the
 * records themselves when many messages are open, and the worker's own limit counts records only.
 */
final class OffsetsInFlight {

  private final long most;
  private final AtomicLong characters = new AtomicLong();

  /**
   * @param most characters beyond which nothing more is handed over
   */
  OffsetsInFlight(long most) {
    this.most = most;
  }

  /** Counts records that go to the worker. */
  void add(List<SourceRecord> records) {
    records.forEach(record -> characters.addAndGet(OffsetCodec.size(record.sourceOffset())));
  }

  /** Takes away a record that Kafka has, or that a transform has dropped. */
  void remove(SourceRecord record) {
    characters.addAndGet(-OffsetCodec.size(record.sourceOffset()));
  }

  /** Whether there is no room for more. */
  boolean isFull() {
    return characters.get() > most;
  }
}
