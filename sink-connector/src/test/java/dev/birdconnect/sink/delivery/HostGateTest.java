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
      gate.failed(gate.started(now), now);
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
    long now = 0;
    gate.unreachable(gate.started(now), now);
    for (int i = 0; i < 20; i++) {
      now = gate.probeDue();
      assertThat(gate.mayStart(now)).isTrue();
      HostGate.Ticket probe = gate.started(now);
      assertThat(gate.mayStart(now + 2 * SECOND - 1)).as("one at a time").isFalse();
      assertThat(gate.failed(probe, now)).as("its send does not wait for longer").isTrue();
      assertThat(gate.probeDue() - now).isLessThanOrEqualTo(2 * SECOND);
    }
    assertThat(gate.probeDue() - now).isEqualTo(2 * SECOND);
    gate.reached();
    assertThat(gate.mayStart(now)).isTrue();
  }

  @Test
  void failuresFromBeforeItOpenedDoNotCount() {
    HostGate.Ticket early = gate.started(0);
    fail(HostGate.MOST_FAILURES, 0);
    gate.reached();
    for (int i = 0; i < HostGate.MOST_FAILURES; i++) {
      gate.failed(early, 0);
    }
    assertThat(gate.mayStart(0)).isTrue();
  }

  @Test
  void aProbeThatHangsDoesNotHoldUpTheNextOne() {
    gate.unreachable(gate.started(0), 0);
    long now = gate.probeDue();
    HostGate.Ticket hanging = gate.started(now);
    assertThat(gate.probeDue() - now).isEqualTo(2 * SECOND);
    now = gate.probeDue();
    HostGate.Ticket next = gate.started(now);

    gate.failed(hanging, now + SECOND);
    assertThat(gate.probeDue())
        .as("that of the probe before says nothing")
        .isEqualTo(now + 2 * SECOND);
    gate.dropped(hanging, now + SECOND);
    assertThat(gate.mayStart(now + SECOND)).isFalse();
    gate.dropped(next, now + SECOND);
    assertThat(gate.mayStart(now + SECOND)).as("nothing tries any more").isTrue();
  }
}
