package dev.birdconnect.client.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The budget against a simulated API: rate reached, requests wasted, parts of the users. */
class AdaptationTest {

  private static final Duration START = Duration.ofSeconds(5);
  private static final int AT_ONCE = 64;

  private final ManualTimer timer = new ManualTimer();

  private RateBudget.Share join(double rate) {
    return new RateBudget(timer, RateBudget.Strictness.AVERAGE).join(rate, () -> {});
  }

  private SimulatedApi api(long seed, double rate, double depth, long roundTripMillis) {
    return new SimulatedApi(
        timer,
        seed,
        rate,
        depth,
        Duration.ofMillis(roundTripMillis).dividedBy(2),
        Optional.empty());
  }

  private static long letThrough(List<SimulatedApi.User> users) {
    return users.stream().mapToLong(SimulatedApi.User::letThrough).sum();
  }

  private static double refusedShare(List<SimulatedApi.User> users) {
    double refused = users.stream().mapToLong(SimulatedApi.User::refused).sum();
    return refused / (refused + letThrough(users));
  }

  private double measure(List<SimulatedApi.User> users, Duration time) {
    users.forEach(SimulatedApi.User::forget);
    timer.advance(time);
    return letThrough(users) / (double) time.toSeconds();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 40, 200})
  void fourUsersOfOneBudgetTakeTheWholeRateInEqualParts(long roundTripMillis) {
    RateBudget budget = new RateBudget(timer, RateBudget.Strictness.AVERAGE);
    SimulatedApi api = api(1, 500, 500, roundTripMillis);
    List<SimulatedApi.User> users =
        IntStream.range(0, 4)
            .mapToObj(i -> api.user(budget.join(500, () -> {}), AT_ONCE << i))
            .toList();
    timer.advance(START);

    double rate = measure(users, Duration.ofMinutes(1));

    assertThat(rate).isGreaterThanOrEqualTo(0.99 * 500);
    assertThat(refusedShare(users)).isLessThan(0.001);
    assertThat(users)
        .allSatisfy(
            user ->
                assertThat((double) user.letThrough())
                    .isCloseTo(letThrough(users) / 4.0, Percentage.withPercentage(10)));
  }

  @ParameterizedTest
  @CsvSource({"1,4", "2,4", "3,40", "4,40", "5,40", "6,200", "7,200", "8,200"})
  void twoBudgetsThatKnowNothingOfEachOtherShareTheRate(long seed, long roundTripMillis) {
    SimulatedApi api = api(seed, 500, 500, roundTripMillis);
    SimulatedApi.User early = api.user(join(500), 256);
    timer.advance(Duration.ofSeconds(seed));
    SimulatedApi.User late = api.user(join(500), 256);
    List<SimulatedApi.User> users = List.of(early, late);
    timer.advance(START);

    assertThat(measure(users, Duration.ofSeconds(55))).isGreaterThanOrEqualTo(0.95 * 500);
    assertThat(refusedShare(users)).isLessThan(0.01);

    assertThat(measure(users, Duration.ofSeconds(30))).isGreaterThanOrEqualTo(0.95 * 500);
    assertThat(refusedShare(users)).isLessThan(0.01);
    assertThat((double) early.letThrough())
        .isCloseTo(letThrough(users) / 2.0, Percentage.withPercentage(25));
  }

  @ParameterizedTest
  @CsvSource({"300,300", "450,30", "120,120", "37,37"})
  void findsALimitFarBelowTheSetOne(double allowed, double depth) {
    List<SimulatedApi.User> users = List.of(api(1, allowed, depth, 40).user(join(500), 256));
    timer.advance(Duration.ofSeconds(30));

    assertThat(measure(users, Duration.ofMinutes(2))).isGreaterThanOrEqualTo(0.92 * allowed);
    assertThat(refusedShare(users)).isLessThan(0.05);
  }

  @ParameterizedTest
  @CsvSource({"4,400", "40,400"})
  void takesTheWholeRateOnAMachineThatStalls(long roundTripMillis, int meanStallMillis) {
    RateBudget budget = new RateBudget(timer, RateBudget.Strictness.AVERAGE);
    SimulatedApi api = api(1, 500, 500, roundTripMillis);
    List<SimulatedApi.User> users =
        IntStream.range(0, 4).mapToObj(i -> api.user(budget.join(500, () -> {}), AT_ONCE)).toList();
    timer.advance(START);
    users.forEach(SimulatedApi.User::forget);
    Random random = new Random(7);
    Duration passed = Duration.ZERO;
    while (passed.compareTo(Duration.ofMinutes(1)) < 0) {
      Duration running = Duration.ofMillis(20 + random.nextInt(400));
      Duration stalled = Duration.ofMillis(random.nextInt(2 * meanStallMillis));
      timer.advance(running);
      timer.skip(stalled);
      passed = passed.plus(running).plus(stalled);
    }

    assertThat(letThrough(users) * 1_000.0 / passed.toMillis()).isGreaterThan(0.96 * 500);
    assertThat(refusedShare(users)).isZero();
  }

  @Test
  void takesAgainWhatAnotherLeavesFree() {
    SimulatedApi api = api(1, 500, 500, 40);
    RateBudget.Share leaving = join(500);
    SimulatedApi.User other = api.user(leaving, 256);
    SimulatedApi.User staying = api.user(join(500), 256);
    timer.advance(Duration.ofSeconds(30));
    assertThat(other.letThrough()).isPositive();

    leaving.close();
    timer.advance(Duration.ofSeconds(30));

    assertThat(measure(List.of(staying), Duration.ofSeconds(10))).isCloseTo(500, within(5.0));
  }

  @Test
  void keepsTheRateWhereEveryRefusalAsksForASecondOfSilence() {
    SimulatedApi api =
        new SimulatedApi(
            timer, 1, 500, 500, Duration.ofMillis(20), Optional.of(Duration.ofSeconds(1)));
    List<SimulatedApi.User> users = List.of(api.user(join(500), 256), api.user(join(500), 256));
    timer.advance(START);

    assertThat(measure(users, Duration.ofMinutes(2))).isGreaterThanOrEqualTo(0.9 * 500);
    assertThat(refusedShare(users)).isLessThan(0.02);
  }

  @Test
  void slowReadersShareTheReadsToo() {
    SimulatedApi api = api(1, 50, 50, 40);
    List<SimulatedApi.User> users =
        IntStream.range(0, 4).mapToObj(i -> api.user(join(40), 4)).toList();
    timer.advance(Duration.ofSeconds(30));

    assertThat(measure(users, Duration.ofMinutes(5))).isGreaterThanOrEqualTo(0.95 * 50);
    assertThat(refusedShare(users)).isLessThan(0.02);
  }

  @ParameterizedTest
  @CsvSource({"300,3", "300,10", "500,10", "500,600", "500,3600", "40,60", "10,60"})
  void isBackWithinFiveSecondsAfterAStormOfRefusals(double full, int seconds) {
    assertThat(secondsUntilBack(1, full, seconds, 1)).isLessThanOrEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "300,10,0.05",
    "300,60,0.05",
    "300,10,0.1",
    "300,60,0.1",
    "300,10,0.3",
    "300,60,0.3",
    "300,60,0.5",
    "300,60,0.7",
    "300,600,0.7",
    "300,60,0.95",
    "500,60,0.05",
    "500,60,0.1",
    "500,600,0.3",
    "40,60,0.1"
  })
  void isBackWithinFiveSecondsMostlyAfterRefusalsByChance(double full, int seconds, double share) {
    List<Double> times =
        LongStream.rangeClosed(1, 9)
            .mapToObj(seed -> secondsUntilBack(seed, full, seconds, share))
            .sorted()
            .toList();

    assertThat(times.get(4)).as("median of %s", times).isLessThanOrEqualTo(5);
  }

  /** How long it takes until four fifths of the rate before are reached again. */
  private double secondsUntilBack(long seed, double full, int seconds, double share) {
    SimulatedApi api = api(seed, 100_000, 100_000, 40);
    RateBudget.Share budget = join(full);
    List<SimulatedApi.User> users = List.of(api.user(budget, 256));
    timer.advance(Duration.ofSeconds(60));
    double before = measure(users, Duration.ofSeconds(3));
    api.refuseAtRandom(share);
    timer.advance(Duration.ofSeconds(seconds));
    api.refuseAtRandom(0);
    for (int second = 1; second <= 60; second++) {
      if (measure(users, Duration.ofSeconds(1)) >= 0.8 * before) {
        budget.close();
        return second - 1;
      }
    }
    budget.close();
    return 60;
  }

  @ParameterizedTest
  @CsvSource({"10,4", "10,40", "10,200", "3,40"})
  void manyThatKnowNothingOfEachOtherShareTheRate(int budgets, long roundTripMillis) {
    SimulatedApi api = api(3, 500, 500, roundTripMillis);
    List<SimulatedApi.User> users =
        IntStream.range(0, budgets).mapToObj(i -> api.user(join(500), 256)).toList();
    timer.advance(Duration.ofMinutes(2));

    assertThat(measure(users, Duration.ofMinutes(1))).isGreaterThanOrEqualTo(0.95 * 500);
    assertThat(refusedShare(users)).isLessThan(0.04);
    assertThat(users)
        .allSatisfy(
            user ->
                assertThat((double) user.letThrough())
                    .isCloseTo(
                        letThrough(users) / (double) budgets, Percentage.withPercentage(50)));
  }
}
