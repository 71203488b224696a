package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.sink.delivery.ModelWorld.Kind;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Delivery and the reading of lists under random events: answers that are lost, messages that are
 * made or listed late, partitions that are given up, lost and given back while calls and listings
 * are under way. Whatever happens, both ends agree.
 */
class DeliveriesModelTest {

  @Property(tries = 300)
  void nothingIsLostDoubledOrOutOfOrderAndEachLaneIsInOnePlace(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 6) int maxInFlight,
      @ForAll @IntRange(min = 1, max = 4) int keys) {
    ModelWorld world = new ModelWorld(random, maxInFlight, keys, 60);
    for (int step = 0; step < 400; step++) {
      world.step();
    }
    world.calm();
    world.check();
  }

  @Test
  void theModelMeetsEverything() {
    ModelWorld world = new ModelWorld(new Random(1), 6, 4, 1_000);
    for (int step = 0; step < 5_000; step++) {
      world.step();
    }
    world.calm();
    world.check();
    for (Kind kind : Kind.values()) {
      assertThat(world.met(kind)).as("%s", kind).isPositive();
    }
  }

  /** Of a request that is taken up after the settle time nobody knew when the list was read. */
  @Test
  void onlyWhatIsTakenUpLaterThanTheSettleTimeIsMadeTwice() {
    assertThat(doubled(ModelWorld.SETTLE)).isZero();
    assertThat(doubled(ModelWorld.SETTLE.multipliedBy(10))).isPositive();
  }

  private static long doubled(Duration latest) {
    return IntStream.range(0, 50).filter(seed -> isDoubled(seed, latest)).count();
  }

  private static boolean isDoubled(int seed, Duration latest) {
    ModelWorld world = new ModelWorld(new Random(seed), 6, 4, 60, latest);
    try {
      for (int step = 0; step < 400; step++) {
        world.step();
      }
      world.calm();
      world.check();
      return false;
    } catch (AssertionError e) {
      assertThat(e).hasMessageContaining("messages of").hasMessageContaining("orders");
      return true;
    }
  }
}
