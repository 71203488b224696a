package dev.birdconnect.client.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateBudgetTest {

  private final ManualTimer timer = new ManualTimer();
  private final RateBudget budget = new RateBudget(timer, RateBudget.Strictness.AVERAGE);

  private RateBudget.Share join(double rate) {
    RateBudget.Share share = budget.join(rate, () -> {});
    grow(share);
    return share;
  }

  /** Answers enough for the full rate, as after a few seconds of work. */
  private void grow(RateBudget.Share share) {
    timer.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 1_000; i++) {
      share.letThrough(new Permit(timer.nanoTime()));
    }
    timer.advance(Duration.ofSeconds(1));
  }

  private static List<CompletableFuture<Permit>> ask(RateBudget.Share share, int times) {
    List<CompletableFuture<Permit>> asked = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      asked.add(share.acquire());
    }
    return asked;
  }

  private static long granted(List<CompletableFuture<Permit>> asked) {
    return asked.stream().filter(future -> future.isDone() && !future.isCancelled()).count();
  }

  @Test
  void givesOutTheRateAndNoMore() {
    List<CompletableFuture<Permit>> asked = ask(join(500), 10_000);

    assertThat(granted(asked)).as("a burst of a twentieth of a second").isEqualTo(25);
    timer.advance(Duration.ofSeconds(10));
    assertThat(granted(asked)).isBetween(5_020L, 5_026L);
  }

  @Test
  void servesUsersInTurnHoweverMuchOneAsksFor() {
    RateBudget.Share greedy = join(100);
    RateBudget.Share modest = join(100);
    List<CompletableFuture<Permit>> much = ask(greedy, 5_000);
    List<CompletableFuture<Permit>> little = ask(modest, 200);

    timer.advance(Duration.ofSeconds(2));

    assertThat(granted(little)).isCloseTo(100, within(5L));
    assertThat(granted(much)).isCloseTo(105, within(5L));
  }

  @Test
  void whoIsContentWithWhatIsLeftGetsOneInTwentyWhenOthersWantAll() {
    RateBudget.Share busy = join(100);
    RateBudget.Share content = join(100);
    List<CompletableFuture<Permit>> much = ask(busy, 5_000);
    List<CompletableFuture<Permit>> leftOver = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      leftOver.add(content.acquireLeftOver());
    }

    timer.advance(Duration.ofSeconds(10));

    assertThat(granted(leftOver)).isCloseTo(50, within(2L));
    assertThat(granted(much)).isCloseTo(955, within(5L));
  }

  @Test
  void whoIsContentWithWhatIsLeftGetsAllThatNobodyElseWants() {
    RateBudget.Share share = join(100);
    List<CompletableFuture<Permit>> leftOver = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      leftOver.add(share.acquireLeftOver());
    }
    timer.advance(Duration.ofSeconds(5));
    assertThat(granted(leftOver)).isCloseTo(505, within(2L));

    List<CompletableFuture<Permit>> asked = ask(share, 10);
    timer.advance(Duration.ofMillis(120));
    assertThat(granted(asked)).as("before all that have waited longer").isEqualTo(10);
    share.close();
    assertThat(leftOver).allMatch(CompletableFuture::isDone);
  }

  @Test
  void aUserThatAsksForNothingLeavesItsPartToTheOthers() {
    join(100);
    List<CompletableFuture<Permit>> asked = ask(join(100), 5_000);

    timer.advance(Duration.ofSeconds(5));

    assertThat(granted(asked)).isCloseTo(505, within(2L));
  }

  @Test
  void waitsAsLongAsTheApiAsks() {
    RateBudget.Share share = join(500);
    Permit permit = share.acquire().join();
    share.throttled(permit, Optional.of(Duration.ofSeconds(7)));
    List<CompletableFuture<Permit>> asked = ask(share, 10);

    timer.advance(Duration.ofMillis(6_999));
    assertThat(granted(asked)).isZero();
    timer.advance(Duration.ofMillis(200));
    assertThat(granted(asked)).isEqualTo(10);
  }

  @Test
  void theLowestRateOfItsUsersCounts() {
    RateBudget.Share fast = join(500);
    RateBudget.Share slow = join(40);
    assertThat(budget.currentRate()).isEqualTo(40);

    slow.close();
    grow(fast);
    grow(fast);
    assertThat(budget.currentRate()).isEqualTo(500);
  }

  /** Such as one that validates a configuration. */
  @Test
  void aUserThatComesAndGoesLeavesTheRateAsItWas() {
    RateBudget.Share task = join(40);
    for (int i = 0; i < AdaptiveRate.ROUND_ANSWERS; i++) {
      task.letThrough(new Permit(timer.nanoTime()));
    }
    task.throttled(new Permit(timer.nanoTime()), Optional.empty());
    double found = budget.currentRate();
    assertThat(found).isBetween(35.0, 39.9);

    RateBudget.Share slow = budget.join(1, () -> {});
    assertThat(budget.currentRate()).isEqualTo(1);
    slow.close();

    assertThat(budget.currentRate()).isEqualTo(found);
  }

  @Test
  void aPermitNobodyWaitsForAnyMoreIsNotLost() {
    RateBudget.Share share = join(20);
    List<CompletableFuture<Permit>> asked = ask(share, 50);
    asked.subList(1, 40).forEach(future -> future.cancel(false));

    timer.advance(Duration.ofMillis(600));

    assertThat(granted(asked)).isGreaterThanOrEqualTo(10);
  }

  @Test
  void aPermitWhoseUserStepsBackJustThenIsGivenBack() {
    RateBudget.Share share = join(20);
    List<CompletableFuture<Permit>> burst = ask(share, 1);
    List<CompletableFuture<Permit>> asked = ask(share, 3);
    assertThat(granted(burst)).isEqualTo(1);
    assertThat(granted(asked)).isZero();
    var unused = asked.get(0).thenRun(() -> asked.get(1).cancel(false));

    // Both permits are given out in one go, as the timer is late.
    timer.skip(Duration.ofMillis(100));
    timer.advance(Duration.ofMillis(1));

    assertThat(asked.get(1)).isCancelled();
    assertThat(granted(asked)).isEqualTo(1);
    assertThat(granted(ask(share, 1))).isZero();
    assertThat(granted(asked)).as("the third one has what the second did not take").isEqualTo(2);
  }

  @Test
  void whoStepsBackIsForgottenAtOnce() {
    RateBudget.Share share = join(1);
    List<CompletableFuture<Permit>> asked = ask(share, 1_000);
    asked.forEach(future -> future.cancel(false));
    assertThat(share.waiting()).isZero();
  }

  @Test
  void whatALateTimerHasMissedIsMadeGood() {
    RateBudget.Share share = join(500);
    List<CompletableFuture<Permit>> asked = ask(share, 1_000);
    long atOnce = granted(asked);

    timer.skip(Duration.ofMillis(400));
    timer.advance(Duration.ofMillis(1));

    assertThat(granted(asked) - atOnce).isCloseTo(200, within(1L));
  }

  @Test
  void moreThanASecondOfLatenessIsNotMadeGood() {
    List<CompletableFuture<Permit>> asked = ask(join(500), 2_000);
    long atOnce = granted(asked);

    timer.skip(Duration.ofSeconds(5));
    timer.advance(Duration.ofMillis(1));

    assertThat(granted(asked) - atOnce).isCloseTo(500, within(1L));
  }

  @Test
  void whatIsMadeGoodWaitsForUsersWhoseCallsAreJustUnderWay() {
    RateBudget.Share share = join(500);
    ask(share, 35);
    timer.skip(Duration.ofMillis(400));
    timer.advance(Duration.ofMillis(1));

    assertThat(granted(ask(share, 300))).isCloseTo(190, within(1L));
  }

  @Test
  void whatIsMadeGoodIsGoneAfterASecond() {
    RateBudget.Share share = join(500);
    ask(share, 35);
    timer.skip(Duration.ofMillis(400));
    timer.advance(Duration.ofMillis(1_001));

    assertThat(granted(ask(share, 300))).isEqualTo(25);
  }

  @Test
  void nothingIsSavedUpDuringSilence() {
    RateBudget.Share share = join(500);
    share.throttled(share.acquire().join(), Optional.of(Duration.ofSeconds(30)));
    List<CompletableFuture<Permit>> asked = ask(share, 1_000);

    timer.advance(Duration.ofMillis(30_010));

    assertThat(granted(asked)).isBetween(1L, 6L);
  }

  @Test
  void closingCancelsWhatWaits() {
    RateBudget.Share share = join(1);
    List<CompletableFuture<Permit>> asked = ask(share, 3);

    share.close();

    assertThat(asked.get(0)).isCompleted();
    assertThat(asked.get(1)).isCancelled();
    assertThat(asked.get(2)).isCancelled();
    assertThat(share.acquire()).isCancelled();
  }

  @Property(tries = 200)
  void noSecondSeesMoreThanRateAndBurst(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 80) Integer> asksPerTick) {
    ManualTimer ticking = new ManualTimer();
    RateBudget.Share share =
        new RateBudget(ticking, RateBudget.Strictness.AVERAGE).join(50, () -> {});
    List<Long> times = new ArrayList<>();
    for (int asks : asksPerTick) {
      for (int i = 0; i < asks; i++) {
        var unused = share.acquire().thenAccept(permit -> times.add(permit.grantedAtNanos()));
      }
      ticking.advance(Duration.ofMillis(100));
    }
    for (int i = 0; i < times.size(); i++) {
      long start = times.get(i);
      long within = times.stream().filter(t -> t >= start && t < start + 1_000_000_000L).count();
      assertThat(within).isLessThanOrEqualTo(53);
    }
  }

  /** Whatever timers miss, whoever asks, and whichever permits are handed back. */
  @Property(tries = 200)
  void noSecondSeesMoreThanTheRateOfAStrictBudget(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 80) Integer> asksPerTick,
      @ForAll @IntRange(min = 0, max = 2_000) int lateMillis,
      @ForAll @IntRange(min = 1, max = 60) int lateEvery) {
    ManualTimer ticking = new ManualTimer();
    RateBudget strict = new RateBudget(ticking, RateBudget.Strictness.ANY_SECOND);
    List<RateBudget.Share> tasks = List.of(strict.join(50, () -> {}), strict.join(50, () -> {}));
    List<Long> times = new ArrayList<>();
    for (int tick = 0; tick < asksPerTick.size(); tick++) {
      for (int i = 0; i < asksPerTick.get(tick); i++) {
        RateBudget.Share task = tasks.get(i % 2);
        var unused =
            task.acquire()
                .thenAccept(
                    permit -> {
                      times.add(permit.grantedAtNanos());
                      task.letThrough(permit);
                    });
      }
      if (tick % lateEvery == 0) {
        ticking.skip(Duration.ofMillis(lateMillis));
      }
      ticking.advance(Duration.ofMillis(100));
    }
    for (long start : times) {
      long within = times.stream().filter(t -> t >= start && t < start + 1_000_000_000L).count();
      assertThat(within).isLessThanOrEqualTo(50);
    }
  }

  @Test
  void aStrictBudgetGivesOutTheWholeRateOnALateTimerToo() {
    RateBudget strict = new RateBudget(timer, RateBudget.Strictness.ANY_SECOND);
    RateBudget.Share share = strict.join(50, () -> {});
    grow(share);
    List<CompletableFuture<Permit>> asked = ask(share, 10_000);
    for (int i = 0; i < 100; i++) {
      timer.skip(Duration.ofMillis(100));
      timer.advance(Duration.ofMillis(900));
    }
    assertThat(granted(asked)).as("of 5,000").isBetween(4_950L, 5_050L);
  }
}
