package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.FakeChannel.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a reading begins: by the settings, and by offsets set by hand. */
class StartTest {

  private static final Duration CYCLE = Run.POLL.plusSeconds(1);

  private final FakeChannel channel = new FakeChannel();

  /** Messages m000, m001, ... a second apart up to the present. */
  private void history(int count) {
    Instant first = channel.now().minusSeconds(count);
    for (int i = 0; i < count; i++) {
      channel.add("m%03d".formatted(i), first.plusSeconds(i), Duration.ZERO, "delivered");
    }
  }

  private Run run(Start start, int pageSize) {
    return new Run(channel, Run.settings(start, pageSize, 100));
  }

  private List<String> from(int first) {
    return channel.all().stream().map(Stored::id).sorted().skip(first).toList();
  }

  private static List<String> since(Run run, int emitted) {
    return run.messageIds().subList(emitted, run.messageIds().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 1_000})
  void latestBeginsWithTheFirstAnswer(int pageSize) {
    history(300);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Latest(), pageSize);
    run.settle(CYCLE);
    channel.add("n1", "sent");
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.messageIds()).containsExactly("n1");
    run.restart();
    channel.add("n2", "sent");
    channel.get("n1").step("delivered", channel.now());
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.messageIds()).containsExactly("n1", "n2");
    assertThat(run.statusNames("n1")).containsExactly("sent", "delivered");
  }

  @ParameterizedTest
  @CsvSource({"true,7", "true,1000", "false,7", "false,1000"})
  void latestEmitsNothingOfTheHistoryWhereNoDateComes(boolean newestFirst, int pageSize) {
    channel.newestFirst(newestFirst).tellsDate(false);
    history(300);
    Run run = run(new Start.Latest(), pageSize);
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.messageIds()).isEmpty();
    channel.add("n1", "sent");
    run.settle(CYCLE.multipliedBy(3));
    run.restart();
    channel.add("n2", "sent");
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.messageIds()).containsExactly("n1", "n2");
  }

  @Test
  void latestReadsNothingOfTheHistoryBelowTheFirstPages() {
    history(1_000);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Latest(), 7);
    run.settle(CYCLE);
    assertThat(channel.lists()).hasSizeLessThan(10);
  }

  @Test
  void nothingBelowTheStartIsReadForWhatIsToBeShownOnce() {
    history(1_000);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Latest(), 10);
    run.reader().tell((message, serverTime) -> {}, Duration.ofDays(1));
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.observed().reads(ReadPurpose.LOOK_BACK)).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 1_000})
  void aTimeBeginsWithTheFirstMessageMadeThen(int pageSize) {
    history(300);
    for (int i = 0; i < 4_000; i++) {
      Instant before = channel.get("m000").createdAt().minusSeconds(i);
      channel.add("a%04d".formatted(i), before, Duration.ZERO, "delivered");
    }
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.At(channel.get("m040").createdAt()), pageSize);
    run.poll(20);
    while (run.messageIds().size() < 100) {
      run.poll(20);
      channel.pass(Duration.ofMillis(10));
    }
    run.restart();
    run.settle(CYCLE);
    assertThat(run.messageIds()).isEqualTo(from(4_040));
    assertThat(channel.lists().size()).as("what lies before is not read").isLessThan(60);
  }

  @Test
  void messagesOfTheInstantOfTheStartAreAllEmittedWhateverPageTheyAreOn() {
    history(30);
    Instant start = channel.now();
    for (int i = 0; i < 12; i++) {
      channel.add("s%02d".formatted(i), start, Duration.ZERO, "delivered");
    }
    channel.cursor(FakeChannel.Cursor.COUNT);
    Run run = run(new Start.At(start), 5);
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.messageIds()).isEqualTo(from(30));
  }

  @Test
  void theStartOfTheFirstRecordStaysInForce() {
    history(300);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.At(channel.get("m290").createdAt()), 50);
    run.settle(CYCLE);
    run.restart();
    channel.add("z", "sent");
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.messageIds()).isEqualTo(from(290));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 1_000})
  void aStartSetByHandRewinds(int pageSize) {
    history(300);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Earliest(), pageSize);
    run.settle(CYCLE);
    for (int time = 1; time <= 3; time++) {
      int emitted = run.messageIds().size();
      run.rewind(channel.get("m200").createdAt());
      run.settle(CYCLE);
      assertThat(since(run, emitted)).as("time " + time).isEqualTo(from(200));
      assertThat(run.messages()).noneMatch(MessageSeen::late);
    }
  }

  @Test
  void theSameStartRewindsAgainOnAChannelThatIsQuietAfterwards() {
    history(20);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Earliest(), 1_000);
    run.settle(CYCLE);
    for (int time = 1; time <= 3; time++) {
      run.rewind(channel.get("m010").createdAt());
      run.settle(CYCLE);
      assertThat(run.messageIds()).as("time " + time).hasSize(20 + 10 * time);
      run.restart();
      run.settle(CYCLE);
      assertThat(run.messageIds()).as("a restart is none").hasSize(20 + 10 * time);
    }
  }

  @Test
  void aStartSetByHandLeavesOut() {
    history(300);
    Run run = run(new Start.Earliest(), 10);
    while (run.messageIds().size() < 50) {
      run.poll(10);
    }
    int emitted = run.messageIds().size();
    run.rewind(channel.get("m280").createdAt());
    run.settle(CYCLE.multipliedBy(2));
    assertThat(since(run, emitted)).isEqualTo(from(280));
  }

  @Test
  void whatIsOpenBeforeTheStartIsFollowedOn() {
    history(100);
    Stored open = channel.add("open", "sent");
    channel.pass(Duration.ofSeconds(10));
    history(100);
    Run run = run(new Start.Earliest(), 20);
    run.settle(CYCLE);
    run.rewind(channel.now());
    open.step("delivered", channel.now());
    run.settle(Duration.ofMinutes(2));
    assertThat(run.statusNames("open")).containsExactly("sent", "delivered");
  }

  @Test
  void aRestartSoonAfterTheRewindRepeatsNothing() {
    history(300);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Earliest(), 10);
    run.settle(CYCLE);
    run.rewind(channel.get("m250").createdAt());
    for (int i = 0; i < 20; i++) {
      run.poll(1);
      run.restart();
    }
    run.settle(CYCLE);
    assertThat(since(run, 300)).isEqualTo(from(250));
  }

  @Test
  void aStartWhoseFirstRecordsAreAbortedStaysInForce() {
    history(300);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Earliest(), 1_000);
    run.settle(CYCLE);
    run.rewind(channel.get("m280").createdAt());
    run.settle(CYCLE);
    int before = run.topic().size();
    run.rewind(channel.get("m250").createdAt());
    run.settle(CYCLE);
    run.crash(before);
    run.settle(CYCLE);
    assertThat(since(run, 320)).isEqualTo(from(250));
  }

  @Test
  void aTransformThatDropsRecordsDoesNotKeepTheStart() {
    history(300);
    channel.pass(Duration.ofSeconds(10));
    Run run = run(new Start.Earliest(), 10).letThrough(event -> !(event instanceof MessageSeen));
    run.settle(CYCLE);
    run.rewind(channel.get("m250").createdAt());
    run.settle(CYCLE);
    run.rewind(channel.get("m250").createdAt());
    run.settle(CYCLE);
    assertThat(run.statuses("m249")).hasSize(1);
    assertThat(run.statuses("m250")).hasSize(3);
    run.restart();
    run.settle(CYCLE);
    assertThat(run.statuses("m250")).hasSize(3);
  }
}
