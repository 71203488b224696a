package dev.birdconnect.source.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WitnessesTest {

  private static final Instant NOON = Instant.parse("2031-03-01T12:00:00Z");

  private final Witnesses witnesses = new Witnesses();

  private static Witness witness(String channel, int second) {
    return new Witness(channel, "m" + second, NOON.plusSeconds(second));
  }

  @Test
  void oneOfEachChannelIsTakenOnceItIsOldEnough() {
    witnesses.add(witness("a", 10));
    witnesses.add(witness("a", 11));
    witnesses.add(witness("b", 20));
    assertThat(witnesses.take(NOON, NOON.plusSeconds(10))).containsExactly(witness("a", 10));
    assertThat(witnesses.take(NOON, NOON.plusSeconds(20))).containsExactly(witness("b", 20));
    assertThat(witnesses.take(NOON, NOON.plusSeconds(30))).isEmpty();
  }

  @Test
  void oneThatIsTooOldIsForgotten() {
    witnesses.add(witness("a", 10));
    assertThat(witnesses.take(NOON.plusSeconds(11), NOON.plusSeconds(30))).isEmpty();
    assertThat(witnesses.take(NOON, NOON.plusSeconds(30))).isEmpty();
  }
}
