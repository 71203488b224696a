package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

  @Property
  void theWaitIsDrawnBetweenZeroAndTheBound(
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double drawn,
      @ForAll @IntRange(min = 1) int attempts) {
    Duration max = Duration.ofSeconds(30);
    RetrySchedule schedule = new RetrySchedule(Duration.ofMillis(100), max, () -> drawn);
    RetrySchedule bound = new RetrySchedule(Duration.ofMillis(100), max, () -> 1.0);
    assertThat((double) schedule.delayNanos(attempts))
        .isCloseTo(drawn * bound.delayNanos(attempts), within(2.0));
    assertThat(bound.delayNanos(attempts)).isLessThanOrEqualTo(max.toNanos());
  }

  @Test
  void theBoundDoublesUpToTheLargest() {
    RetrySchedule bound =
        new RetrySchedule(Duration.ofMillis(100), Duration.ofMillis(1000), () -> 1.0);
    long[] millis = new long[6];
    for (int attempts = 1; attempts <= 6; attempts++) {
      millis[attempts - 1] = Duration.ofNanos(bound.delayNanos(attempts)).toMillis();
    }
    assertThat(millis).containsExactly(100, 200, 400, 800, 1000, 1000);
  }
}
