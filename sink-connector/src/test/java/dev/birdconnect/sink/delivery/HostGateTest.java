package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostGateTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final HostGate gate =
      new HostGate(new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(30), () -> 1.0));

  private void fail(int times, long now) {
    for (int i = 0; i < times; i++) {
      gate.failed(gate.started(), now);
    }
  }

  @Test
  void manyFailuresInARowCloseIt() {
    fail(HostGate.MOST_FAILURES - 1, 0);
    assertThat(gate.mayStart(0)).isTrue();
    fail(1, 0);
    assertThat(gate.mayStart(0)).isFalse();
    assertThat(gate.probeDue()).isEqualTo(SECOND / 10);
  }

  @Test
  void failuresAmongGoodAnswersDoNot() {
    for (int i = 0; i < 10; i++) {
      fail(HostGate.MOST_FAILURES - 1, 0);
      gate.reached();
    }
    assertThat(gate.mayStart(0)).isTrue();
  }

  @Test
  void aProbeThatFailsLeavesItClosedAndTheNextOneComesSoon() {
    gate.unreachable(gate.started(), 0);
    long now = 0;
    for (int i = 0; i < 20; i++) {
      now = gate.probeDue();
      assertThat(gate.mayStart(now)).isTrue();
      HostGate.Ticket probe = gate.started();
      assertThat(gate.mayStart(now + 60 * SECOND)).as("one at a time").isFalse();
      gate.failed(probe, now);
      assertThat(gate.probeDue() - now).isLessThanOrEqualTo(2 * SECOND);
    }
    assertThat(gate.probeDue() - now).isEqualTo(2 * SECOND);
    gate.reached();
    assertThat(gate.mayStart(now)).isTrue();
  }

  @Test
  void failuresFromBeforeItOpenedDoNotCount() {
    HostGate.Ticket early = gate.started();
    fail(HostGate.MOST_FAILURES, 0);
    gate.reached();
    for (int i = 0; i < HostGate.MOST_FAILURES; i++) {
      gate.failed(early, 0);
    }
    assertThat(gate.mayStart(0)).isTrue();
  }
}
