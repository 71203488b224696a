package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heartbeats store how far a channel is, and never more than what went out before them. */
class HeartbeatTest {

  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration CYCLE = Run.POLL.plusSeconds(1);

  private final FakeChannel channel = new FakeChannel();

  private Run run(Start start, int pageSize, Duration interval) {
    return new Run(channel, Run.settings(start, pageSize, 100, Optional.of(interval)));
  }

  private void history(int count) {
    Instant first = channel.now().minusSeconds(count);
    for (int i = 0; i < count; i++) {
      channel.add("m%03d".formatted(i), first.plusSeconds(i), Duration.ZERO, "delivered");
    }
  }

  @Test
  void latestStoresItsStartAtOnce() {
    history(50);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Latest(), 1_000, INTERVAL);
    run.settle(Duration.ofSeconds(1));
    assertThat(run.beats()).hasSize(1);
    run.restart();
    channel.add("while-down", "sent");
    channel.pass(Duration.ofMinutes(10));
    run.settle(CYCLE);
    assertThat(run.messageIds()).containsExactly("while-down");
  }

  @Test
  void withoutHeartbeatsLatestForgetsItsStart() {
    history(50);
    channel.pass(Duration.ofSeconds(10));
    Run run = new Run(channel, Run.settings(new Start.Latest(), 1_000, 100));
    run.settle(Duration.ofSeconds(1));
    assertThat(run.beats()).isEmpty();
    run.restart();
    channel.add("while-down", "sent");
    channel.pass(Duration.ofMinutes(10));
    run.settle(CYCLE);
    assertThat(run.messageIds()).as("as the documentation says").isEmpty();
  }

  @Test
  void aQuietChannelHasThemAtTheirInterval() {
    history(3);
    Run run = run(new Start.Earliest(), 1_000, INTERVAL);
    run.settle(Duration.ofMinutes(10));
    assertThat(run.beats().size()).isBetween(17, 21);
    run.beats()
        .forEach(
            beat ->
                assertThat(beat.heartbeat().emittedUpTo())
                    .isBetween(
                        beat.heartbeat().serverTime().minus(Run.OVERLAP.multipliedBy(2)),
                        beat.heartbeat().serverTime().minus(Run.OVERLAP)));
    assertThat(run.beats().stream().map(beat -> beat.heartbeat().shard()).distinct())
        .as("the shard that is furthest behind has its turn")
        .hasSameSizeAs(run.beats());
  }

  /** How many pages are read upwards by a restart of a channel with fewer messages than shards. */
  private int readUpwardsAfterRestart(Optional<Duration> interval) {
    Run run = new Run(channel, Run.settings(new Start.Earliest(), 10, 100, interval));
    run.settle(Duration.ofMinutes(10));
    run.restart();
    int before = run.observed().reads(ReadPurpose.BACK_FILL);
    channel.add("new", "delivered");
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.messageIds()).hasSize(51).doesNotHaveDuplicates().contains("new");
    channel.remove("new");
    return run.observed().reads(ReadPurpose.BACK_FILL) - before;
  }

  @Test
  void afterHeartbeatsOfAllShardsARestartReadsWhatIsNewOnly() {
    history(50);
    channel.pass(Duration.ofSeconds(10));
    assertThat(readUpwardsAfterRestart(Optional.empty())).isEqualTo(6);
    assertThat(readUpwardsAfterRestart(Optional.of(Duration.ofMillis(100)))).isZero();
  }

  @Test
  void thereAreNoneWhileTheChannelCannotBeRead() {
    Run run = run(new Start.Earliest(), 1_000, Duration.ofSeconds(1));
    run.settle(CYCLE);
    int before = run.beats().size();
    assertThat(before).isPositive();
    for (int i = 0; i < 1_000; i++) {
      channel.failNextList(new ReadOutcome.Unavailable<>(Reason.of("down"), Optional.empty()));
    }
    run.settle(Duration.ofMinutes(5));
    assertThat(run.beats()).hasSize(before);
  }

  @Test
  void theyTakeTheStartOfAQuietChannelThatWasSetByHand() {
    history(20);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Earliest(), 1_000, INTERVAL);
    run.settle(CYCLE);
    for (int time = 0; time < 3; time++) {
      run.rewind(channel.now());
      run.settle(CYCLE);
      assertThat(run.messageIds()).hasSize(20);
      assertThat(run.beats().get(0).heartbeat().takesStart()).isTrue();
    }
  }

  /**
   * The worker dies at any moment, with all of its records and heartbeats up to then stored: if one
   * of them claimed more than what went out before it, a message or status would be missing.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void theyNeverClaimMoreThanWhatWentOutBefore(int seed) {
    Random random = new Random(seed);
    channel.newestFirst(random.nextBoolean());
    channel.cursor(random.nextBoolean() ? FakeChannel.Cursor.POSITION : FakeChannel.Cursor.COUNT);
    history(random.nextInt(600));
    int pageSize = 5 + random.nextInt(60);
    Run run = run(new Start.Earliest(), pageSize, Duration.ofMillis(1 + random.nextInt(3_000)));
    int made = 0;
    for (int step = 0; step < 400; step++) {
      int writes = random.nextInt(4);
      for (int i = 0; i < writes; i++) {
        Duration hidden = Duration.ofMillis(random.nextInt(3_000));
        channel.add("n%05d".formatted(made++), channel.now(), hidden, "sent");
      }
      channel.all().stream()
          .filter(message -> message.status().equals("sent") && random.nextInt(20) == 0)
          .forEach(message -> message.step("delivered", channel.now()));
      for (int i = 0; i < 5; i++) {
        run.poll(1 + random.nextInt(40));
      }
      channel.pass(Duration.ofMillis(random.nextInt(2_000)));
      if (random.nextInt(20) == 0) {
        int gone = random.nextInt(30);
        run.crash(Math.max(0, run.topic().size() - gone));
      }
    }
    channel.all().stream()
        .filter(message -> message.status().equals("sent"))
        .forEach(message -> message.step("delivered", channel.now()));
    run.settle(Duration.ofMinutes(30));

    List<String> all = channel.all().stream().map(FakeChannel.Stored::id).toList();
    assertThat(run.messageIds()).containsExactlyInAnyOrderElementsOf(all);
    all.forEach(
        id -> {
          List<String> statuses = run.statusNames(id);
          assertThat(statuses).doesNotHaveDuplicates();
          assertThat(statuses.get(statuses.size() - 1)).isEqualTo("delivered");
        });
    assertThat(run.beats()).isNotEmpty();
  }
}
