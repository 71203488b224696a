package dev.birdconnect.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SecondWindowTest {
  private final SecondWindow window = new SecondWindow();

  @Test
  void theMostWithinOneSecondWhereverItBegins() {
    addAt(0, 10);
    addAt(900, 20);
    addAt(1500, 30);
    addAt(5000, 45);
    assertThat(window.most()).isEqualTo(50);
  }

  @Test
  void itGrowsWithItsEvents() {
    for (int i = 0; i < 5000; i++) {
      addAt(i, 3);
    }
    assertThat(window.most()).isEqualTo(3000);
  }

  private void addAt(long millis, int events) {
    for (int i = 0; i < events; i++) {
      window.add(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }
}
