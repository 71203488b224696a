package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WakeUpTest {

  private final FakeTimer timer = new FakeTimer();
  private final List<Long> woken = new ArrayList<>();
  private final WakeUp wakeUp = new WakeUp(timer, woken::add);

  @Test
  void onlyAnEarlierOneIsPlannedBesideAnother() {
    wakeUp.plan(20, 0);
    wakeUp.plan(20, 0);
    wakeUp.plan(30, 0);
    assertThat(timer.planned).hasSize(1);
    wakeUp.plan(10, 0);
    assertThat(timer.planned).hasSize(2);

    timer.advance(Duration.ofNanos(20));

    assertThat(woken).containsExactly(10L, 20L);
  }

  @Test
  void whenItHasComeALaterOneCanBePlanned() {
    wakeUp.plan(10, 0);
    wakeUp.came(10);
    wakeUp.plan(30, 10);
    assertThat(timer.planned).hasSize(2);
  }

  @Test
  void anotherThatComesDoesNotCountForTheEarliest() {
    wakeUp.plan(20, 0);
    wakeUp.plan(10, 0);
    wakeUp.came(20);
    wakeUp.plan(30, 0);
    assertThat(timer.planned).as("the one at 10 is still to come").hasSize(2);
  }

  @Test
  void whatIsPastComesAtOnce() {
    wakeUp.plan(-5, 7);
    assertThat(timer.planned).extracting(FakeTimer.Planned::at).containsExactly(0L);
    timer.advance(Duration.ZERO);
    assertThat(woken).containsExactly(-5L);
  }
}
