package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OneAfterAnotherTest {

  private final List<String> done = new ArrayList<>();
  private final Map<String, Runnable> leadsTo =
      Map.of(
          "a", () -> adds("b", "c"),
          "b", () -> adds("d"),
          "broken",
              () -> {
                throw new IllegalStateException("broken");
              },
          "elsewhere", this::addElsewhere);
  private final OneAfterAnother<String> work = new OneAfterAnother<>(this::work);

  private void work(String piece) {
    done.add(piece + " begins");
    leadsTo.getOrDefault(piece, () -> {}).run();
    done.add(piece + " ends");
  }

  private void adds(String... pieces) {
    for (String piece : pieces) {
      work.add(piece);
    }
  }

  private void addElsewhere() {
    CompletableFuture.runAsync(() -> work.add("x")).orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void whatComesOfAPieceIsDoneAfterIt() {
    work.add("a");
    assertThat(done)
        .containsExactly(
            "a begins", "a ends", "b begins", "b ends", "c begins", "c ends", "d begins", "d ends");
  }

  @Test
  void anotherThreadDoesItsOwn() {
    work.add("elsewhere");
    assertThat(done).containsExactly("elsewhere begins", "x begins", "x ends", "elsewhere ends");
  }

  @Test
  void afterAPieceThatBrokeTheNextOneIsDone() {
    assertThatThrownBy(() -> work.add("broken")).hasMessage("broken");
    work.add("c");
    assertThat(done).containsExactly("broken begins", "c begins", "c ends");
  }
}
