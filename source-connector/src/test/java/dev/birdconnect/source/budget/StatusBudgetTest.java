package dev.birdconnect.source.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.budget.StatusFollowing.Load;
import dev.birdconnect.source.budget.StatusFollowing.Waits;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Changes of statuses wait little longer than with the best plan there can be. With {@code
 * -Dstatus.budget.full=true} for as many messages as a large workspace has, which takes minutes.
 */
class StatusBudgetTest {

  /** By default messages stay valid for 36 hours; half a percent of them are open with these. */
  private static final DeliveryTimes TIMES =
      new DeliveryTimes(0.0226, Duration.ofHours(8), Duration.ofHours(36));

  private static final double MOST_OF_THE_BOUND = 1.5;

  @Test
  void theMedianWaitIsNearTheBestThatAnyPlanCanReach() {
    Load load =
        Boolean.getBoolean("status.budget.full")
            ? new Load(20, 1_005_000, 40, Duration.ofSeconds(5))
            : new Load(1, 1_005_000, 2, Duration.ofSeconds(5));

    Waits waits =
        new StatusFollowing(load, TIMES, 17)
            .follow(Duration.ofMinutes(15), Duration.ofMinutes(20), Duration.ofMinutes(10));

    System.out.printf(
        Locale.ROOT,
        "%,d open messages in %d channels of %,d, %d reads a second: %,d changes waited %.0f s"
            + " (median; 90%%: %.0f s); the best plan: %.0f s, ratio %.2f; all pages in turn:"
            + " %.0f s. %,d pages and %,d single reads.%n",
        waits.open(),
        load.channels(),
        load.messages(),
        load.perSecond(),
        waits.changes(),
        waits.median(),
        waits.ninetieth(),
        waits.bound(),
        waits.median() / waits.bound(),
        waits.inTurn(),
        waits.lists(),
        waits.gets());
    assertThat(waits.median()).isLessThanOrEqualTo(waits.bound() * MOST_OF_THE_BOUND);
    assertThat(waits.median()).isLessThan(waits.inTurn());
  }
}
