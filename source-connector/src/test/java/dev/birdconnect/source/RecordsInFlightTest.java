package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordsInFlightTest {

  @Test
  void thereIsRoomAgainWhenKafkaHasEnoughRecords() {
    RecordsInFlight records = new RecordsInFlight(100, 10);
    assertThat(records.hasRoom()).isTrue();
    records.add(90);
    assertThat(records.hasRoom()).as("with 90 in flight").isTrue();
    records.add(1);
    assertThat(records.hasRoom()).as("with 91 in flight").isFalse();
    records.add(9);
    for (int inFlight = 99; inFlight > 90; inFlight--) {
      assertThat(records.remove()).as("room with %d in flight", inFlight).isFalse();
      assertThat(records.hasRoom()).isFalse();
    }
    assertThat(records.remove()).as("room with 90 in flight").isTrue();
    assertThat(records.hasRoom()).isTrue();
    assertThat(records.remove()).as("room made by this one").isFalse();
    assertThat(records.hasRoom()).isTrue();
  }
}
