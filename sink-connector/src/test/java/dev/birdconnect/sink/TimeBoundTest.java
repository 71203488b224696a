package dev.birdconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class TimeBoundTest {

  private static final Instant TIME = Instant.parse("2031-03-01T13:00:00Z");

  private final TimeBound withSlack = new TimeBound(Optional.of(Duration.ofHours(1)));
  private final TimeBound without = new TimeBound(Optional.empty());

  private static SinkRecord record(TimestampType type) {
    return new SinkRecord("t", 0, null, null, null, "v", 1, TIME.toEpochMilli(), type);
  }

  @Test
  void theBrokersTimestampBoundsItLessADifferenceOfClocks() {
    assertThat(without.of(record(TimestampType.LOG_APPEND_TIME)))
        .contains(Instant.parse("2031-03-01T12:45:00Z"));
  }

  @Test
  void aProducersTimestampMayBeAheadByTheSlack() {
    assertThat(withSlack.of(record(TimestampType.CREATE_TIME)))
        .contains(Instant.parse("2031-03-01T11:45:00Z"));
    assertThat(without.of(record(TimestampType.CREATE_TIME))).isEmpty();
  }

  @Test
  void withoutATimestampThereIsNoBound() {
    assertThat(withSlack.of(record(TimestampType.NO_TIMESTAMP_TYPE))).isEmpty();
    assertThat(
            withSlack.of(
                new SinkRecord("t", 0, null, null, null, "v", 1, null, TimestampType.CREATE_TIME)))
        .isEmpty();
  }
}
