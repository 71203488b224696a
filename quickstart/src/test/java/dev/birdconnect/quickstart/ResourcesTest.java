package dev.birdconnect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourcesTest {

  private final List<String> closed = new ArrayList<>();

  @Test
  void theLastOneIsClosedFirstAndOneThatFailsKeepsNoneOpen() {
    Resources resources = new Resources();
    resources.add(() -> closed.add("first"));
    resources.add(
        () -> {
          throw new IOException("stuck");
        });
    resources.add(() -> closed.add("last"));

    assertThatThrownBy(resources::close)
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("stuck");
    assertThat(closed).containsExactly("last", "first");
  }

  @Test
  void nothingIsClosedTwice() {
    Resources resources = new Resources();
    resources.add(() -> closed.add("one"));
    resources.close();
    resources.close();
    assertThat(closed).containsExactly("one");
  }

  @Test
  void closingIsNotInterruptedAndTheInterruptionIsKept() {
    Resources resources = new Resources();
    resources.add(() -> closed.add("interrupted " + Thread.currentThread().isInterrupted()));
    Thread.currentThread().interrupt();
    resources.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).containsExactly("interrupted false");
  }
}
