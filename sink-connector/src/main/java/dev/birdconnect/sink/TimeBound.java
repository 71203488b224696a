package dev.birdconnect.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The time before which no message of a record, or of a later one of its partition, can have been
 * made: it follows from when the broker took the record in.
 */
final class TimeBound {

  /** A broker's clock may be this far from the API's. */
  private static final Duration CLOCKS = Duration.ofMinutes(15);

  private final Optional<Duration> slack;

  /**
   * @param slack how far a producer's timestamp may be ahead of the time when the broker took the
   *     record in; empty when such timestamps say nothing
   */
  TimeBound(Optional<Duration> slack) {
    this.slack = slack;
  }

  /** The bound, by the server's clock; empty where the record's timestamp does not give one. */
  Optional<Instant> of(SinkRecord record) {
    if (record.timestamp() == null || record.timestampType() == null) {
      return Optional.empty();
    }
    Instant time = Instant.ofEpochMilli(record.timestamp()).minus(CLOCKS);
    return switch (record.timestampType()) {
      case LOG_APPEND_TIME -> Optional.of(time);
      case CREATE_TIME -> slack.map(time::minus);
      case NO_TIMESTAMP_TYPE -> Optional.empty();
    };
  }
}
