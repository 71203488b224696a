package dev.birdconnect.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private final AtomicLong nanos = new AtomicLong();
  private final TokenBucket bucket = new TokenBucket(50, 50, nanos::get);

  @Test
  void aSecondOfBurstThenTheRate() {
    assertThat(taken()).isEqualTo(50);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(taken()).isEqualTo(5);
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(taken()).isEqualTo(50);
  }

  private int taken() {
    int taken = 0;
    while (bucket.take()) {
      taken++;
    }
    return taken;
  }
}
