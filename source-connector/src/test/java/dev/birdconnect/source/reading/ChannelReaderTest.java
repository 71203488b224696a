package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.source.position.Phase;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.FakeChannel.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelReaderTest {

  private static final Duration CYCLE = Run.POLL.plusSeconds(1);
  private static final Duration OLD = Duration.ofHours(2);

  private final FakeChannel channel = new FakeChannel();

  /** Messages m000, m001, ... a second apart, long ago and final. */
  private void history(int count) {
    Instant first = channel.now().minus(OLD);
    for (int i = 0; i < count; i++) {
      channel.add("m%03d".formatted(i), first.plusSeconds(i), Duration.ZERO, "delivered");
    }
  }

  private static Reason status(int status) {
    return Reason.of(new Complaint(status, Optional.empty(), Optional.empty(), Map.of()));
  }

  private List<String> ids(int count) {
    return channel.all().stream().map(Stored::id).sorted().limit(count).toList();
  }

  // Order of the list

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsUpwardsWhateverTheDefaultOrder(boolean newestFirst) {
    channel.newestFirst(newestFirst);
    history(50);
    Run run = new Run(channel, 7);
    run.settle(CYCLE);
    assertThat(run.messageIds()).isEqualTo(ids(50));
    assertThat(channel.lists().get(2).reverse()).isEqualTo(newestFirst);
  }

  @Test
  void aListOfOnePageNeedsNoOrder() {
    history(5);
    Run run = new Run(channel, 10);
    run.settle(CYCLE);
    assertThat(run.messageIds()).isEqualTo(ids(5));
    assertThat(channel.lists()).noneMatch(ListQuery::reverse);
  }

  // Frontier

  @Test
  void youngMessagesWaitForTheOverlap() {
    history(3);
    Run run = new Run(channel, 10);
    run.settle(CYCLE);
    channel.add("young", "accepted");
    run.settle(Duration.ofSeconds(4));
    assertThat(run.messageIds()).doesNotContain("young");
    run.settle(CYCLE.plus(Run.OVERLAP));
    assertThat(run.messageIds()).contains("young");
  }

  @Test
  void aMessageThatShowsUpInTimeKeepsItsPlace() {
    Run run = new Run(channel, 10);
    channel.add("b", channel.now().plusMillis(1), Duration.ZERO, "sent");
    channel.add("a", channel.now(), Duration.ofSeconds(4), "sent");
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.messageIds()).containsExactly("a", "b");
    assertThat(run.messages()).noneMatch(MessageSeen::late);
  }

  @Test
  void aLaterOneIsEmittedMarkedLate() {
    history(30);
    Run run = new Run(channel, 20);
    run.settle(CYCLE);
    Instant early = channel.now();
    channel.pass(Duration.ofSeconds(1));
    channel.add("after", "sent");
    run.settle(CYCLE.multipliedBy(3));
    channel.add("late", early, Duration.ZERO, "sent");
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.messages().get(run.messages().size() - 1))
        .satisfies(seen -> assertThat(seen.message().id()).isEqualTo("late"))
        .satisfies(seen -> assertThat(seen.late()).isTrue());
    assertThat(run.statusNames("late")).containsExactly("sent");

    run.restart();
    channel.get("late").step("delivered", channel.now());
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.messageIds()).doesNotHaveDuplicates();
    assertThat(run.statusNames("late")).containsExactly("sent", "delivered");
  }

  @Test
  void messagesOfOneInstantOnTwoPagesAreAllEmitted() {
    Instant instant = channel.now().minus(OLD);
    channel.tiesById(false);
    history(3);
    for (int i = 0; i < 12; i++) {
      channel.add("%02d-same".formatted((i * 7) % 12), instant, Duration.ZERO, "delivered");
    }
    Run run = new Run(channel, 5);
    for (int stop = 0; stop < 4; stop++) {
      run.poll(3);
      run.poll(3);
      run.restart();
    }
    run.settle(CYCLE);
    assertThat(run.messageIds()).hasSize(15).doesNotHaveDuplicates();
  }

  // Back-fill

  @Test
  void aRestartGoesOnWithThePageOfTheOffsets() {
    history(900);
    Run run = new Run(channel, 10);
    while (run.messageIds().size() < 850) {
      run.poll(7);
    }
    assertThat(run.topic().get(run.topic().size() - 1).state().place().phase())
        .isEqualTo(Phase.BACK_FILL);
    channel.lists().clear();
    run.restart();
    run.settle(Duration.ofSeconds(1));
    assertThat(run.messageIds()).isEqualTo(ids(900));
    assertThat(channel.lists().get(4).pageToken()).isPresent();
    assertThat(channel.lists()).hasSizeLessThan(80);
  }

  @Test
  void aRefusedTokenStartsOverAndRepeatsNothing() {
    history(900);
    Run run = new Run(channel, 100);
    while (run.messageIds().size() < 850) {
      run.poll(7);
    }
    run.restart();
    channel.refuseNextPage();
    run.settle(CYCLE);
    assertThat(run.messageIds()).isEqualTo(ids(900));
  }

  @Test
  void aRefusedTokenLosesNothingOfAShardThatLagsBehind() {
    history(900);
    Run run = new Run(channel, 100);
    while (run.messageIds().size() < 850) {
      run.poll(7);
    }
    List<Emission> ofShard =
        run.topic().stream().filter(emission -> emission.shard() == 7).toList();
    List<Emission> notStored = ofShard.subList(ofShard.size() - 8, ofShard.size());
    run.topic().removeAll(notStored);
    run.crashWithOffsetsOf(run.topic());
    channel.refuseNextPage();
    run.settle(CYCLE);
    assertThat(run.messageIds()).containsExactlyInAnyOrderElementsOf(ids(900));
  }

  @Test
  void aPageThatLiesAfterWhatIsEmittedIsNotTrusted() {
    history(900);
    Run run = new Run(channel, 50);
    while (run.messageIds().size() < 850) {
      run.poll(7);
    }
    run.restart();
    channel.passOverOnNextPage(340);
    run.settle(CYCLE);
    assertThat(run.messageIds()).isEqualTo(ids(900));
  }

  @Test
  void aListWhoseTokensCountIsNotReadUpwardsAsTheOldestMayVanish() {
    channel.cursor(FakeChannel.Cursor.COUNT);
    history(300);
    channel.betweenPages(() -> channel.remove(channel.all().get(0).id()));
    Run run = new Run(channel, 20);
    run.settle(CYCLE);
    channel.betweenPages(() -> {});
    assertThat(run.messageIds()).containsAll(channel.all().stream().map(Stored::id).toList());
  }

  @Test
  void aGapLargerThanMemoryBecomesABackFill() {
    history(900);
    Run run = new Run(channel, 50, 120);
    run.settle(CYCLE);
    run.restart();
    Instant first = channel.now();
    for (int i = 0; i < 600; i++) {
      channel.add("n%03d".formatted(i), first.plusMillis(i), Duration.ZERO, "delivered");
    }
    channel.pass(Duration.ofMinutes(5));
    channel.lists().clear();
    run.settle(CYCLE);
    assertThat(run.messageIds()).isEqualTo(ids(1_500));
    assertThat(channel.lists()).as("not from the oldest message").hasSizeLessThan(28);
  }

  @Test
  void theNextPageIsAskedForWhileTheLastOneIsHandedOver() {
    history(100);
    Run run = new Run(channel, 10);
    while (run.topic().isEmpty()) {
      run.poll(1);
    }
    assertThat(channel.lists()).as("four of them probes").hasSize(6);
  }

  // Statuses

  @Test
  void firstSightHasNoPreviousStatusAndStepsHave() {
    Stored message = channel.add("a", "accepted");
    Run run = new Run(channel, 10);
    run.settle(CYCLE.multipliedBy(2));
    message.step("sent", channel.now());
    run.settle(CYCLE);
    message.step("delivered", channel.now());
    run.settle(CYCLE.multipliedBy(3));
    List<StatusSeen> statuses = run.statuses("a");
    assertThat(statuses.stream().map(StatusSeen::previous))
        .containsExactly(
            Optional.empty(), Optional.of(MessageStatus.ACCEPTED), Optional.of(MessageStatus.SENT));
    assertThat(statuses.stream().map(StatusSeen::sequence)).containsExactly(1, 2, 3);
    assertThat(run.topic().get(0).event()).isInstanceOf(MessageSeen.class);
  }

  @Test
  void aTimeThatGoesBackHidesNoStep() {
    Stored message = channel.add("a", "accepted");
    Run run = new Run(channel, 10);
    run.settle(CYCLE.multipliedBy(2));
    message.step("sent", channel.now().minus(OLD));
    run.settle(CYCLE);
    message.step("delivered", channel.now().minus(OLD));
    run.settle(CYCLE);
    assertThat(run.statusNames("a")).containsExactly("accepted", "sent", "delivered");
  }

  @Test
  void messagesThatNoPageShowsAreReadOneByOne() {
    Stored open = channel.add("open", "sent");
    Run run = new Run(channel, 5);
    run.settle(CYCLE.multipliedBy(2));
    for (int i = 0; i < 30; i++) {
      channel.add("x%03d".formatted(i), "delivered");
      channel.pass(Duration.ofMillis(10));
    }
    run.settle(CYCLE.multipliedBy(2));
    open.step("delivered", channel.now());
    run.settle(Duration.ofMinutes(1));
    assertThat(run.statusNames("open")).containsExactly("sent", "delivered");
    assertThat(channel.gets()).contains("open");
    channel.gets().clear();
    run.settle(Duration.ofMinutes(1));
    assertThat(channel.gets()).as("a final message is not read again").isEmpty();
  }

  @Test
  void manyOpenMessagesAreReadByPagesWhichCostsLess() {
    List<Stored> open = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      open.add(channel.add("o%03d".formatted(i), "sent"));
      channel.pass(Duration.ofMillis(10));
    }
    history(10);
    Run run = new Run(channel, 20);
    run.settle(CYCLE.multipliedBy(2));
    channel.gets().clear();
    channel.lists().clear();
    open.forEach(message -> message.step("delivered", channel.now()));
    run.settle(CYCLE.multipliedBy(2));
    assertThat(open)
        .allSatisfy(
            message -> assertThat(run.statusNames(message.id())).endsWith("sent", "delivered"));
    assertThat(channel.gets()).isEmpty();
    assertThat(channel.lists()).hasSizeBetween(10, 30);
  }

  @Test
  void openMessagesSurviveARestartInTheOffsets() {
    Stored open = channel.add("open", "an_unknown_status");
    history(30);
    Run run = new Run(channel, 5);
    run.settle(CYCLE.multipliedBy(2));
    run.restart();
    open.step("sent", channel.now());
    run.settle(Duration.ofMinutes(1));
    run.restart();
    open.step("delivered", channel.now());
    run.settle(Duration.ofMinutes(1));
    assertThat(run.statusNames("open")).containsExactly("an_unknown_status", "sent", "delivered");
    assertThat(run.statuses("open").stream().map(StatusSeen::sequence)).containsExactly(1, 2, 3);
  }

  @Test
  void theFirstStatusIsNotLostBetweenTheTwoRecordsOfAMessage() {
    channel.add("a", "delivered");
    Run run = new Run(channel, 10);
    run.settle(CYCLE.multipliedBy(2));
    run.crash(1);
    run.settle(CYCLE);
    assertThat(run.messageIds()).containsExactly("a");
    assertThat(run.statusNames("a")).containsExactly("delivered");
  }

  @Test
  void aLateStepAfterAFinalStatusIsEmitted() {
    Stored message = channel.add("a", "delivered");
    Run run = new Run(channel, 10);
    run.settle(CYCLE.multipliedBy(2));
    message.step("delivery_failed", channel.now());
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.statusNames("a")).containsExactly("delivered", "delivery_failed");
  }

  @Test
  void aMessageThatIsGoneIsNotReadAgain() {
    channel.add("gone", "sent");
    Run run = new Run(channel, 10);
    run.settle(CYCLE.multipliedBy(2));
    channel.remove("gone");
    channel.add("b", "delivered");
    run.settle(Duration.ofMinutes(2));
    assertThat(channel.gets()).containsExactly("gone");
  }

  @Test
  void oldMessagesAreNoLongerFollowed() {
    Instant begin = channel.now().minus(Run.MAX_AGE).plus(Duration.ofMinutes(1));
    channel.add("old", begin, Duration.ZERO, "sent");
    channel.add("planned", begin, Duration.ZERO, "scheduled").scheduleFor(channel.now());
    for (int i = 0; i < 30; i++) {
      channel.add("x%03d".formatted(i), "delivered");
    }
    Run run = new Run(channel, 5);
    run.settle(Duration.ofMinutes(2));
    channel.get("old").step("delivered", channel.now());
    channel.get("planned").step("sent", channel.now());
    run.settle(Duration.ofMinutes(40));
    assertThat(run.statusNames("old")).containsExactly("sent");
    assertThat(run.statusNames("planned")).containsExactly("scheduled", "sent");
  }

  @Test
  void openMessagesAreReadYoungOnesMoreOften() {
    channel.add("hours", channel.now().minus(OLD), Duration.ZERO, "sent");
    history(20);
    channel.add("fresh", "sent");
    for (int i = 0; i < 30; i++) {
      channel.add("x%03d".formatted(i), channel.now().plusMillis(i), Duration.ZERO, "delivered");
    }
    Run run = new Run(channel, 5);
    run.settle(Duration.ofMinutes(30));
    long hours = channel.gets().stream().filter("hours"::equals).count();
    long fresh = channel.gets().stream().filter("fresh"::equals).count();
    assertThat(hours).as("once in 90 s").isBetween(15L, 21L);
    assertThat(fresh).isGreaterThan(3 * hours);
  }

  // Failures

  @Test
  void failuresAreRepeatedAfterGrowingDelays() {
    history(3);
    for (int i = 0; i < 4; i++) {
      channel.failNextList(new ReadOutcome.Unavailable<>(status(503), Optional.empty()));
    }
    Run run = new Run(channel, 10);
    run.settle(Duration.ofSeconds(3));
    assertThat(channel.lists()).as("after 0, 0.5 and 1.5 s").hasSize(3);
    run.settle(CYCLE);
    assertThat(run.messageIds()).hasSize(3);
  }

  @Test
  void waitsAsLongAsTheApiAsks() {
    history(3);
    channel.failNextList(
        new ReadOutcome.Unavailable<>(status(429), Optional.of(Duration.ofSeconds(20))));
    Run run = new Run(channel, 10);
    run.settle(Duration.ofSeconds(19));
    assertThat(channel.lists()).hasSize(1);
    run.settle(Duration.ofSeconds(2));
    assertThat(run.messageIds()).hasSize(3);
  }

  @Test
  void aFailureInsideASweepCostsNothing() {
    history(60);
    Run run = new Run(channel, 10);
    run.settle(CYCLE);
    for (int i = 0; i < 30; i++) {
      channel.add("n%03d".formatted(i), channel.now(), Duration.ZERO, "delivered");
    }
    channel.pass(Duration.ofSeconds(20));
    run.poll(1);
    run.poll(1);
    channel.failNextList(new ReadOutcome.Unavailable<>(status(500), Optional.empty()));
    channel.failNextList(new ReadOutcome.Refused<>(status(422)));
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.messageIds()).isEqualTo(ids(90));
  }

  @Test
  void aMessageThatCannotBeReadHoldsUpNobody() {
    Stored open = channel.add("open", "sent");
    Run run = new Run(channel, 5);
    run.settle(CYCLE.multipliedBy(2));
    for (int i = 0; i < 30; i++) {
      channel.add("x%03d".formatted(i), channel.now(), Duration.ZERO, "delivered");
    }
    for (int i = 0; i < 3; i++) {
      channel.failNextGet(new ReadOutcome.Unavailable<>(status(500), Optional.empty()));
    }
    open.step("delivered", channel.now());
    run.settle(Duration.ofMinutes(3));
    assertThat(run.statusNames("open")).containsExactly("sent", "delivered");
    assertThat(run.messageIds()).hasSize(31);
  }

  @Test
  void aForbiddenOrMissingChannelIsGivenUp() {
    channel.failNextList(new ReadOutcome.Denied<>(status(403)));
    Run forbidden = new Run(channel, 10);
    forbidden.settle(CYCLE);
    assertThat(forbidden.reader().isStopped()).isTrue();
    channel.failNextList(new ReadOutcome.Missing<>(status(404)));
    Run missing = new Run(channel, 10);
    missing.settle(CYCLE);
    assertThat(missing.reader().isStopped()).isTrue();
    assertThat(channel.lists()).hasSize(2);
  }

  /** Open messages that only reads of their own, or pages far down, would show. */
  private Run withoutTheRightToReadOneMessage() {
    channel.add("below", channel.now().minus(OLD).minusSeconds(1), Duration.ZERO, "sent");
    history(20);
    channel.add("between", channel.now().minus(OLD).plusSeconds(60), Duration.ZERO, "sent");
    for (int i = 0; i < 30; i++) {
      channel.add("x%03d".formatted(i), channel.now().plusMillis(i), Duration.ZERO, "delivered");
    }
    channel.pass(Duration.ofSeconds(30));
    channel.answerGetsWith(new ReadOutcome.Denied<>(status(403)));
    return new Run(channel, 5);
  }

  @Test
  void withoutTheRightToReadOneMessagePagesShowItsStatuses() {
    Run run = withoutTheRightToReadOneMessage();
    run.settle(Duration.ofMinutes(5));
    int asked = channel.gets().size();
    assertThat(asked).as("under way at once").isBetween(1, 4);

    channel.get("below").step("delivered", channel.now());
    channel.get("between").step("delivered", channel.now());
    channel.add("new", "delivered");
    run.settle(Duration.ofMinutes(2));

    assertThat(run.statusNames("below")).containsExactly("sent", "delivered");
    assertThat(run.statusNames("between")).containsExactly("sent", "delivered");
    assertThat(run.messageIds()).contains("new");
    assertThat(run.reader().isStopped()).isFalse();
    assertThat(run.observed().channelsStopped()).isEmpty();
    assertThat(channel.gets()).as("not asked again").hasSize(asked);
  }

  @Test
  void withoutTheRightToReadOneMessageARefusedTokenHidesNothing() {
    Run run = withoutTheRightToReadOneMessage();
    run.settle(Duration.ofMinutes(5));
    channel.get("below").step("delivered", channel.now());
    channel.refuseNextPage();
    run.settle(Duration.ofMinutes(3));
    assertThat(run.statusNames("below")).containsExactly("sent", "delivered");
  }

  @Test
  void withoutTheRightToReadOneMessageOneThatIsGoneTakesFewReads() {
    Run run = withoutTheRightToReadOneMessage();
    run.settle(Duration.ofMinutes(5));
    channel.remove("below");
    channel.remove("between");
    int before = run.observed().reads(ReadPurpose.STATUS_PAGE);
    run.settle(Duration.ofMinutes(10));
    assertThat(run.observed().reads(ReadPurpose.STATUS_PAGE) - before)
        .as("each once in 72 s, and the way to it once")
        .isBetween(5, 35);
  }

  /** Messages of one time, between {@code below} and the head. */
  private List<Stored> ofOneTime(int count) {
    Instant time = channel.now().minus(OLD).plusSeconds(30);
    List<Stored> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(channel.add("t%03d".formatted(i), time, Duration.ZERO, "sent"));
    }
    return added;
  }

  @Test
  void openMessagesOfOneTimeOnManyPagesAreAllRead() {
    history(20);
    List<Stored> ofOneTime = ofOneTime(30);
    for (int i = 0; i < 30; i++) {
      channel.add("x%03d".formatted(i), channel.now().plusMillis(i), Duration.ZERO, "delivered");
    }
    Run run = new Run(channel, 5);
    run.settle(Duration.ofMinutes(5));
    ofOneTime.forEach(message -> message.step("delivered", channel.now()));
    run.settle(Duration.ofMinutes(5));
    assertThat(ofOneTime)
        .allSatisfy(
            message ->
                assertThat(run.statusNames(message.id())).containsExactly("sent", "delivered"));
  }

  @Test
  void withoutTheRightToReadOneMessagePagesOfOneTimeHideNothing() {
    List<Stored> ofOneTime = ofOneTime(12);
    Run run = withoutTheRightToReadOneMessage();
    run.settle(Duration.ofMinutes(5));
    channel.get("below").step("delivered", channel.now());
    ofOneTime.forEach(message -> message.step("delivered", channel.now()));
    run.settle(Duration.ofMinutes(10));
    assertThat(run.statusNames("below")).containsExactly("sent", "delivered");
    assertThat(ofOneTime)
        .allSatisfy(
            message ->
                assertThat(run.statusNames(message.id())).containsExactly("sent", "delivered"));
  }

  @Test
  void withoutTheRightToReadOneMessageAPageThatCannotBeReadHidesNothing() {
    ofOneTime(10).forEach(message -> message.breaks(true));
    Run run = withoutTheRightToReadOneMessage();
    run.settle(Duration.ofMinutes(5));
    channel.get("below").step("delivered", channel.now());
    int before = run.observed().reads(ReadPurpose.STATUS_PAGE);
    run.settle(Duration.ofMinutes(10));
    assertThat(run.statusNames("below")).containsExactly("sent", "delivered");
    assertThat(run.observed().reads(ReadPurpose.STATUS_PAGE) - before)
        .as("two messages, each once in 72 s")
        .isLessThan(35);
  }

  @Test
  void withoutTheRightToReadOneMessageAHeadThatCannotBeReadHidesNothing() {
    channel.add("below", channel.now().minus(OLD).minusSeconds(1), Duration.ZERO, "sent");
    history(20);
    for (int i = 0; i < 5; i++) {
      Instant time = channel.now().minus(OLD).plusSeconds(60 + i);
      channel.add("y%03d".formatted(i), time, Duration.ZERO, "delivered").breaks(true);
    }
    channel.answerGetsWith(new ReadOutcome.Denied<>(status(403)));
    Run run = new Run(channel, 5);
    run.settle(Duration.ofMinutes(5));
    channel.get("below").step("delivered", channel.now());
    run.settle(Duration.ofMinutes(10));
    assertThat(run.statusNames("below")).containsExactly("sent", "delivered");
  }

  /** The last message of a page, where the page that follows begins with its time or below it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutTheRightToReadOneMessageTheEdgeOfAPageHidesNothing(boolean timesAreEqual) {
    Run run = withoutTheRightToReadOneMessage();
    channel.remove("between");
    Instant time = channel.now().minus(OLD).plusNanos(1_000);
    for (int i = 0; i < 9; i++) {
      channel.add("a%03d".formatted(i), time.plusSeconds(1 + i), Duration.ZERO, "delivered");
    }
    channel.add("edge-b", time, Duration.ZERO, "sent");
    Instant below = timesAreEqual ? time : time.minusSeconds(1);
    channel.add("edge-a", below, Duration.ZERO, "delivered");
    run.settle(Duration.ofMinutes(5));
    channel.get("edge-b").step("delivered", channel.now());
    run.settle(Duration.ofMinutes(10));
    assertThat(run.statusNames("edge-b")).containsExactly("sent", "delivered");
  }

  @Test
  void aKeyThatIsNotAcceptedForOneMessageStopsEverything() {
    Run run = withoutTheRightToReadOneMessage();
    channel.answerGetsWith(new ReadOutcome.Denied<>(status(401)));
    assertThatThrownBy(() -> run.settle(Duration.ofMinutes(5))).isInstanceOf(DeniedException.class);
  }

  @Test
  void aKeyThatIsNotAcceptedStopsEverything() {
    channel.failNextList(new ReadOutcome.Denied<>(status(401)));
    Run run = new Run(channel, 10);
    assertThatThrownBy(() -> run.settle(CYCLE))
        .isInstanceOf(DeniedException.class)
        .hasMessageContaining("401")
        .hasMessageContaining("Check the access key");
  }
}
