package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordsInFlightTest {

  @Test
  void thereIsRoomAgainWhenKafkaHasTheRecords() {
    RecordsInFlight records = new RecordsInFlight(100);
    records.add(60);
    assertThat(records.isFull()).isFalse();
    records.add(41);
    assertThat(records.isFull()).isTrue();
    assertThat(records.remove()).as("room with 100 in flight").isFalse();
    assertThat(records.isFull()).isTrue();
    assertThat(records.remove()).as("room with 99 in flight").isTrue();
    assertThat(records.isFull()).isFalse();
    assertThat(records.remove()).as("room made by this one").isFalse();
  }
}
