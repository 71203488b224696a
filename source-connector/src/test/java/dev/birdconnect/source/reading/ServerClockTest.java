package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerClockTest {

  private static final Instant TIME = Instant.parse("2031-03-01T12:00:00Z");

  private final FakeChannel channel = new FakeChannel();
  private final ServerClock clock = new ServerClock(channel::nanoTime);

  private Instant observe(Instant date, Duration took) {
    long askedAt = channel.nanoTime();
    channel.pass(took);
    return clock.observe(Optional.of(date), List.of(), askedAt);
  }

  @Test
  void goesOnFromTheLastDate() {
    observe(TIME, Duration.ZERO);
    channel.pass(Duration.ofSeconds(3));
    assertThat(clock.now()).isEqualTo(TIME.plusSeconds(3));
  }

  @Test
  void anAnswerIsNoLaterThanItsQuestion() {
    assertThat(observe(TIME, Duration.ofSeconds(8))).isEqualTo(TIME);
    Instant late = TIME.plusSeconds(8);
    assertThat(observe(late, Duration.ofSeconds(8))).isEqualTo(TIME);
    assertThat(clock.now()).isEqualTo(late);
  }

  @Test
  void aClockThatIsSetBackIsFollowed() {
    observe(TIME, Duration.ZERO);
    Instant earlier = TIME.minusSeconds(600);
    assertThat(observe(earlier, Duration.ZERO)).isEqualTo(earlier);
    assertThat(clock.now()).isEqualTo(earlier);
  }

  @Test
  void withoutDatesTheYoungestTimeOfAMessageCounts() {
    long askedAt = channel.nanoTime();
    assertThat(clock.observe(Optional.empty(), List.of(), askedAt)).isEqualTo(Instant.EPOCH);
    FakeChannel.Stored stored = channel.add("m", "sent");
    stored.step("delivered", TIME.plusSeconds(5));
    clock.observe(Optional.empty(), List.of(channel.message(stored)), askedAt);
    assertThat(clock.now()).isEqualTo(TIME.plusSeconds(5));
  }
}
