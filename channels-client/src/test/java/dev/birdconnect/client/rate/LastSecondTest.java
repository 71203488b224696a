package dev.birdconnect.client.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastSecondTest {

  private static final long SECOND = 1_000_000_000L;

  private final LastSecond permits = new LastSecond();

  @Test
  void thereIsRoomAgainASecondAfterTheOldestPermit() {
    permits.granted(0);
    permits.granted(5);
    assertThat(permits.untilRoom(3, 10)).isZero();
    assertThat(permits.untilRoom(2, 10)).isEqualTo(SECOND - 10);
    assertThat(permits.untilRoom(2, SECOND)).isZero();
    permits.granted(SECOND);
    assertThat(permits.untilRoom(2, SECOND)).isEqualTo(5);
  }

  @Test
  void aPermitThatIsGivenBackTakesNoRoom() {
    permits.granted(0);
    permits.granted(0);
    permits.givenBack();
    assertThat(permits.untilRoom(2, 0)).isZero();
  }
}
