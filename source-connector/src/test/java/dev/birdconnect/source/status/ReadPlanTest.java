package dev.birdconnect.source.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.MessageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When an open message may be read again, and what there is to gain. */
class ReadPlanTest {

  private static final Instant NOW = Instant.parse("2031-03-01T12:00:00Z");
  private static final Duration POLL = Duration.ofSeconds(5);

  private static final Optional<KnownMessage> GONE = Optional.empty();

  private final ReadPlan plan = new ReadPlan(POLL, 0);

  private static KnownMessage open(String id, Duration age) {
    Instant made = NOW.minus(age);
    return new KnownMessage(
        id,
        made.toEpochMilli(),
        made.getEpochSecond(),
        Optional.of(new EmittedStatus(MessageStatus.SENT, made.toEpochMilli(), 1)));
  }

  private boolean isDue(KnownMessage message, Duration after) {
    return !plan.due(List.of(message), NOW, after.toNanos()).isEmpty();
  }

  @Test
  void aMessageRestsForAHundredthOfItsAge() {
    KnownMessage hour = open("hour", Duration.ofHours(1));
    plan.restsFrom("hour", 0);

    assertThat(isDue(hour, Duration.ofMillis(35_999))).isFalse();
    assertThat(isDue(hour, Duration.ofSeconds(36))).isTrue();
  }

  @Test
  void atLeastForThePollInterval() {
    KnownMessage fresh = open("fresh", Duration.ofSeconds(10));
    plan.restsFrom("fresh", 0);

    assertThat(isDue(fresh, POLL.minusMillis(1))).isFalse();
    assertThat(isDue(fresh, POLL)).isTrue();
  }

  @Test
  void atMostForNinetySeconds() {
    KnownMessage days = open("days", Duration.ofDays(2));
    plan.restsFrom("days", 0);

    assertThat(isDue(days, Duration.ofMillis(89_999))).isFalse();
    assertThat(isDue(days, Duration.ofSeconds(90))).isTrue();
  }

  @Test
  void oneThatWaitsForItsTimeIsLookedAtEveryQuarterOfAnHour() {
    KnownMessage planned = open("planned", Duration.ofDays(-1));
    plan.restsFrom("planned", 0);

    assertThat(isDue(planned, Duration.ofMinutes(15).minusMillis(1))).isFalse();
    assertThat(isDue(planned, Duration.ofMinutes(15))).isTrue();
  }

  @Test
  void oneThatWasNotReadSinceTheStartIsDueAtOnce() {
    assertThat(isDue(open("days", Duration.ofDays(2)), Duration.ZERO)).isTrue();
  }

  @Test
  void onlyWhatIsOpenIsKept() {
    KnownMessage open = open("open", Duration.ofHours(1));
    KnownMessage closed = closed("closed");

    plan.read(Optional.empty(), Optional.of(open), NOW, 1);
    plan.read(Optional.empty(), Optional.of(closed), NOW, 1);
    plan.read(Optional.of(closed), Optional.of(closed), NOW, 1);
    assertThat(plan.isSeenSince("open", 1)).isTrue();
    assertThat(plan.isSeenSince("closed", 1)).isFalse();

    plan.keepTo(List.of());
    assertThat(plan.isSeenSince("open", 1)).isFalse();
  }

  @Test
  void oneThatIsOpenAgainAfterAFinalStatusRestsFromThen() {
    KnownMessage again = open("again", Duration.ofHours(1));

    plan.read(Optional.of(closed("again")), Optional.of(again), NOW, 0);

    assertThat(isDue(again, Duration.ofMillis(35_999))).isFalse();
    assertThat(isDue(again, Duration.ofSeconds(36))).isTrue();
  }

  private static KnownMessage closed(String id) {
    EmittedStatus delivered = new EmittedStatus(MessageStatus.DELIVERED, NOW.toEpochMilli(), 1);
    return new KnownMessage(id, NOW.toEpochMilli(), NOW.getEpochSecond(), Optional.of(delivered));
  }

  @Test
  void theGainGrowsWithTheWaitAndFollowsWhatWasLearned() {
    KnownMessage young = open("young", Duration.ofMinutes(20));
    KnownMessage old = open("old", Duration.ofHours(20));
    plan.restsFrom("young", 0);
    plan.restsFrom("old", 0);
    Duration wait = Duration.ofMinutes(3);
    List<Double> guessed = gains(wait, young, old);
    List<Double> later = gains(wait.multipliedBy(2), young, old);

    assertThat(guessed.get(0)).as("a guess").isGreaterThan(10 * guessed.get(1));
    assertThat(later.get(0)).isEqualTo(2 * guessed.get(0));

    for (int i = 1; i <= 10_000; i++) {
      plan.read(Optional.of(young), Optional.of(young), NOW, i * wait.toNanos());
      plan.read(Optional.of(old), i % 10 == 0 ? GONE : Optional.of(old), NOW, i * wait.toNanos());
    }
    List<Double> learned = gains(wait.multipliedBy(10_001), young, old);
    assertThat(learned.get(1)).as("learned").isGreaterThan(5 * learned.get(0));
  }

  private List<Double> gains(Duration after, KnownMessage... open) {
    return plan.due(List.of(open), NOW, after.toNanos()).stream()
        .map(ReadPlan.Due::changes)
        .toList();
  }
}
