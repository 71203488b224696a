package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Lease lease = new Lease(0);

  @Test
  void itLastsAsLongAsTheTasksThreadIsSeen() {
    assertThat(lease.held(10 * SECOND)).isTrue();
    assertThat(lease.held(10 * SECOND + 1)).isFalse();
    assertThat(lease.seen(5 * SECOND)).isFalse();
    assertThat(lease.held(15 * SECOND)).isTrue();
  }

  @Test
  void afterAnAbsenceItIsHeldAgainOnlyWhenTheThreadWasSeenAsLong() {
    assertThat(lease.seen(60 * SECOND)).isTrue();
    assertThat(lease.held(60 * SECOND)).isFalse();
    assertThat(lease.heldFrom(60 * SECOND)).hasValue(70 * SECOND);
    lease.seen(65 * SECOND);
    assertThat(lease.held(69 * SECOND)).isFalse();
    assertThat(lease.held(70 * SECOND)).isTrue();
    assertThat(lease.heldFrom(70 * SECOND)).isEmpty();
  }
}
