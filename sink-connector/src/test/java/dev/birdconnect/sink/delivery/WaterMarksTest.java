package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaterMarksTest {

  private final WaterMarks marks = new WaterMarks(1000);

  @Test
  void nothingPausesBelowTheHighMark() {
    assertThat(marks.paused(Map.of(P0, 999L, P1, 0L), Set.of())).isEmpty();
  }

  @Test
  void aboveTheHighMarkThosePauseThatHoldTheirShare() {
    assertThat(marks.paused(Map.of(P0, 900L, P1, 100L), Set.of())).containsExactly(P0);
    assertThat(marks.paused(Map.of(P0, 900L, P1, 500L), Set.of()))
        .containsExactlyInAnyOrder(P0, P1);
  }

  @Test
  void pausedPartitionsDrainToTheLowMark() {
    assertThat(marks.paused(Map.of(P0, 600L, P1, 0L), Set.of(P0))).containsExactly(P0);
    assertThat(marks.paused(Map.of(P0, 499L, P1, 0L), Set.of(P0))).isEmpty();
    assertThat(marks.paused(Map.of(P0, 249L, P1, 600L), Set.of(P0, P1))).containsExactly(P1);
  }

  @Test
  void aPartitionThatIsStuckDoesNotHoldUpTheOthers() {
    assertThat(marks.paused(Map.of(P0, 1000L, P1, 400L), Set.of(P0))).containsExactly(P0);
  }

  @Test
  void partitionsThatAreGoneAreNotPaused() {
    assertThat(marks.paused(Map.of(), Set.of(P0))).isEmpty();
  }
}
