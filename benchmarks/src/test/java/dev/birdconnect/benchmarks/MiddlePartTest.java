package dev.birdconnect.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MiddlePartTest {

  @Test
  void theFirstAndTheLastTenthDoNotCount() throws InterruptedException {
    AtomicInteger counter = new AtomicInteger(500);
    AtomicInteger cpuMillis = new AtomicInteger();

    MiddlePart part =
        MiddlePart.watch(
            () -> counter.getAndAdd(50),
            () -> Duration.ofMillis(cpuMillis.getAndAdd(7)),
            500,
            1000);

    assertThat(part.count()).isEqualTo(800);
    assertThat(counter.get()).isGreaterThanOrEqualTo(1500);
    assertThat(part.cpu()).isGreaterThan(Duration.ZERO);
    assertThat(part.cpuSecondsPerThousand())
        .isCloseTo(part.cpu().toNanos() / 1e9 / 0.8, within(1e-9));
  }
}
