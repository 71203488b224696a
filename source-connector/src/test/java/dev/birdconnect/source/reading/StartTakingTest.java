package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartTakingTest {

  private final StartTaking taking = new StartTaking(true);

  @Test
  void whenAllAreDroppedThoseOfAnotherShardAreTried() {
    assertThat(taking.tryNext(3)).isTrue();
    assertThat(taking.tryNext(4)).isFalse();
    taking.dropped();
    assertThat(taking.isUnderWay()).isFalse();
    assertThat(taking.tryNext(4)).isTrue();
    assertThat(taking.isUnderWay()).isTrue();
  }

  @Test
  void oneThatEndsAfterAllWereDroppedCountsOnce() {
    assertThat(taking.tryNext(3)).isTrue();
    taking.dropped();
    taking.tried(false);
    assertThat(taking.tryNext(4)).isTrue();
    assertThat(taking.isUnderWay()).isTrue();
    taking.tried(true);
    assertThat(taking.isTaken()).isTrue();
  }
}
