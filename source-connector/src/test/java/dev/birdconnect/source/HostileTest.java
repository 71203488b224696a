package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The task under every value of every switch of the API, and under combinations of them: nothing
 * lost, nothing repeated, in order, with the right statuses in the end. A system property {@code
 * hostile.combinations} sets how many combinations there are, {@code hostile.seed} where their
 * seeds begin.
 */
class HostileTest {

  private static final int COMBINATIONS = Integer.getInteger("hostile.combinations", 50);
  private static final long FIRST_SEED = Long.getLong("hostile.seed", 1);

  /** They mostly wait. */
  private static final int AT_ONCE = 16;

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);
  private static final Map<Setting, Future<List<String>>> LIVES = new HashMap<>();

  /** Values of switches, and the seed of all else. */
  record Setting(String name, long seed, SwitchValues values) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    settings().forEach(setting -> LIVES.put(setting, THREADS.submit(() -> live(setting))));
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }

  static Stream<Setting> settings() {
    Stream<Setting> defaults =
        Stream.of(new Setting("defaults", FIRST_SEED, SwitchValues.defaults()));
    return Stream.of(defaults, everyValue(), combinations()).flatMap(each -> each);
  }

  private static Stream<Setting> everyValue() {
    return Arrays.stream(Switch.values())
        .flatMap(HostileTest::values)
        .map(
            values ->
                new Setting(values.toString(), FIRST_SEED + values.toString().hashCode(), values));
  }

  private static Stream<SwitchValues> values(Switch one) {
    SwitchValues before =
        one == Switch.LATE_FAILURE_DELAY
            ? SwitchValues.defaults().with(Choice.LATE_FAILURE_AFTER_DELIVERED)
            : SwitchValues.defaults();
    return one.range().isPresent()
        ? durations(one).stream().filter(time -> !time.isZero()).map(time -> before.with(one, time))
        : one.choices().stream().skip(1).map(before::with);
  }

  /** Times that matter for a task with an overlap of ten seconds and a look-back of an hour. */
  private static List<Duration> durations(Switch one) {
    return switch (one) {
      case PAGE_TOKEN_LIFE -> List.of(Duration.ZERO, Duration.ofSeconds(10));
      case KEEP_MESSAGES -> List.of(Duration.ZERO, Duration.ofMinutes(6));
      case CLOCK_SHIFT -> List.of(Duration.ofMinutes(-10), Duration.ofMinutes(10));
      default -> List.of(Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(40));
    };
  }

  private static Stream<Setting> combinations() {
    List<Setting> settings = new ArrayList<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + COMBINATIONS; seed++) {
      Random random = new Random(seed);
      SwitchValues values = SwitchValues.defaults();
      for (Switch one : Switch.values()) {
        values =
            one.range().isPresent()
                ? values.with(one, any(durations(one), random))
                : values.with(any(one.choices(), random));
      }
      settings.add(new Setting("seed " + seed, seed, values));
    }
    return settings.stream();
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static List<String> live(Setting setting) {
    try (HostileLife life = new HostileLife(setting.values(), setting.seed())) {
      List<String> wrong = life.live();
      return wrong.isEmpty()
          ? wrong
          : Stream.concat(
                  wrong.stream(),
                  Stream.of(life.outline(), setting.values() + " seed " + setting.seed()))
              .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void losesAndRepeatsNothingAndKeepsTheOrder(Setting setting)
      throws InterruptedException, ExecutionException {
    assertThat(LIVES.get(setting).get()).isEmpty();
  }
}
