package dev.birdconnect.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerClockTest {

  private static final Instant DATE = Instant.parse("2031-03-01T13:00:00Z");

  private long nanos = 7;
  private final ServerClock clock = new ServerClock(() -> nanos);

  @Test
  void itIsUnknownUntilTheServerTells() {
    assertThat(clock.now()).isEmpty();
  }

  @Test
  void itGoesOnFromTheLastAnswer() {
    clock.told(DATE.minusSeconds(100));
    clock.told(DATE);
    nanos += Duration.ofMillis(1500).toNanos();
    assertThat(clock.now()).contains(DATE.plusMillis(1500));
  }
}
