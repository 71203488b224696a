package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordsInFlightTest {

  private final RecordsInFlight records = new RecordsInFlight(100, 10, 40);

  @Test
  void thereIsRoomAgainWhenKafkaHasEnoughRecords() {
    records.add(90);
    assertThat(records.room()).as("with 90 in flight").isEqualTo(10);
    records.add(1);
    assertThat(records.room()).as("with 91 in flight").isZero();
    records.add(9);
    for (int inFlight = 99; inFlight > 90; inFlight--) {
      assertThat(records.remove()).as("room with %d in flight", inFlight).isFalse();
      assertThat(records.room()).isZero();
    }
    assertThat(records.remove()).as("room with 90 in flight").isTrue();
    assertThat(records.room()).isEqualTo(10);
    assertThat(records.remove()).as("room made by this one").isFalse();
    assertThat(records.room()).isEqualTo(10);
  }

  @Test
  void aWorkerThatHoldsNoneGetsMany() {
    assertThat(records.room()).isEqualTo(40);
    records.add(2);
    assertThat(records.room()).isEqualTo(10);
    var unused = records.remove();
    assertThat(records.room()).isEqualTo(10);
    unused = records.remove();
    assertThat(records.room()).isEqualTo(40);
  }

  @Test
  void oneThatEndsAfterAllWereRemovedMakesNoRoomForMore() {
    records.add(95);
    assertThat(records.removeAll()).isEqualTo(95);
    var unused = records.remove();
    records.add(91);
    assertThat(records.room()).isZero();
  }
}
