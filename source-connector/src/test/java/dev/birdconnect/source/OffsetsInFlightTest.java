package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class OffsetsInFlightTest {

  private static SourceRecord record(int characters) {
    return new SourceRecord(Map.of(), Map.of("known", "x".repeat(characters)), "t", null, null);
  }

  @Test
  void thereIsRoomAgainWhenKafkaHasTheRecords() {
    OffsetsInFlight offsets = new OffsetsInFlight(100);
    SourceRecord first = record(60);
    SourceRecord second = record(60);
    offsets.add(List.of(first));
    assertThat(offsets.isFull()).isFalse();
    offsets.add(List.of(second));
    assertThat(offsets.isFull()).isTrue();
    offsets.remove(first);
    assertThat(offsets.isFull()).isFalse();
  }
}
