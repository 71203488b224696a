package dev.birdconnect.source.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.source.workspace.FakeWorkspace.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels whose sweeps are left out as the list of all channels shows nothing new of them. */
class WorkspaceWatchTest {

  private static final int CHANNELS = 20;
  private static final int QUIET = 7;
  private static final int BUSY = 0;

  /** Times of the API are known to a second, and two steps of the clock go by. */
  private static final Duration SOON =
      Fleet.OVERLAP.plus(Fleet.POLL).plus(Duration.ofMillis(1_300));

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MINUTE_AND_A_CYCLE = MINUTE.plus(Fleet.POLL);

  private final FakeWorkspace workspace = new FakeWorkspace();

  private Fleet fleet(int channels, int pageSize, Optional<WorkspaceUse> use) {
    for (int i = 0; i < channels; i++) {
      workspace.add(i, "delivered");
    }
    workspace.pass(Duration.ofMinutes(5));
    return new Fleet(workspace, channels, pageSize, use);
  }

  private Fleet fleet() {
    return fleet(CHANNELS, 1_000, Optional.of(WorkspaceUse.USUAL));
  }

  private Fleet atRest(int pageSize) {
    Fleet fleet = fleet(CHANNELS, pageSize, Optional.of(WorkspaceUse.USUAL));
    fleet.read(MINUTE);
    return fleet;
  }

  private Fleet atRest() {
    return atRest(1_000);
  }

  private static boolean isWholeSecond(Instant time) {
    return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Adds a message to each busy channel once a second. */
  private Runnable traffic(int busy) {
    return () -> {
      if (isWholeSecond(workspace.now())) {
        IntStream.range(0, busy).forEach(channel -> workspace.add(channel, "delivered"));
      }
    };
  }

  private List<String> ids() {
    return workspace.all().stream().map(Stored::id).toList();
  }

  private int sweepsOf(int channel, Fleet fleet, Duration time) {
    int before = workspace.sweeps(channel).size();
    fleet.read(time);
    return workspace.sweeps(channel).size() - before;
  }

  private double readsPerMinute(Optional<WorkspaceUse> use, int quiet, int busy) {
    FakeWorkspace own = new FakeWorkspace();
    for (int i = 0; i < quiet + busy; i++) {
      own.add(i, "delivered");
    }
    own.pass(MINUTE);
    Fleet fleet = new Fleet(own, quiet + busy, 1_000, use);
    Runnable traffic =
        () -> {
          if (isWholeSecond(own.now())) {
            IntStream.range(0, busy).forEach(channel -> own.add(channel, "delivered"));
          }
        };
    fleet.read(MINUTE, traffic);
    int before = own.reads();
    fleet.read(MINUTE.multipliedBy(3), traffic);
    int reads = own.reads() - before;
    fleet.read(SOON);
    assertThat(fleet.messageIds())
        .containsExactlyInAnyOrderElementsOf(own.all().stream().map(Stored::id).toList());
    assertThat(fleet.lateIds()).isEmpty();
    assertThat(own.all().stream().skip(quiet + busy).map(fleet::delay))
        .allSatisfy(delay -> assertThat(delay).isLessThanOrEqualTo(SOON));
    return reads / 3.0;
  }

  @Test
  void quietChannelsTakeFewReads() {
    double without = readsPerMinute(Optional.empty(), 200, 3);
    double with = readsPerMinute(Optional.of(WorkspaceUse.USUAL), 200, 3);
    System.out.printf(
        "200 quiet and 3 busy channels: %.0f reads a minute by sweeps alone, %.0f with the list of"
            + " all channels%n",
        without, with);
    assertThat(without).isBetween(2_400.0, 2_500.0);
    assertThat(with).isLessThan(without / 8);
  }

  @Test
  void aQuietChannelIsSweptOnceAMinute() {
    Fleet fleet = atRest();
    int before = workspace.sweeps(QUIET).size();
    fleet.read(Duration.ofMinutes(10));
    List<Instant> sweeps =
        workspace.sweeps(QUIET).subList(before - 1, workspace.sweeps(QUIET).size());
    for (int i = 1; i < sweeps.size(); i++) {
      assertThat(Duration.between(sweeps.get(i - 1), sweeps.get(i)))
          .isBetween(MINUTE.minus(Fleet.POLL), MINUTE_AND_A_CYCLE);
    }
    assertThat(sweeps).hasSizeGreaterThan(9);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageComesAsSoonAsBySweeps(boolean newestFirst) {
    workspace.newestFirst(newestFirst);
    Fleet fleet = atRest(4);
    for (int i = 0; i < 40; i++) {
      Stored message = workspace.add(QUIET, "delivered");
      fleet.read(SOON.plusMillis(700L * i));
      assertThat(fleet.delay(message)).isLessThanOrEqualTo(SOON);
    }
    assertThat(fleet.messageIds()).containsExactlyInAnyOrderElementsOf(ids());
    assertThat(fleet.lateIds()).isEmpty();
    assertThat(sweepsOf(QUIET, fleet, MINUTE.multipliedBy(2))).as("at rest").isLessThan(4);
  }

  @Test
  void messagesThatAreListedLateWithinTheOverlapComeInTimeAndInOrder() {
    Fleet fleet = atRest(10);
    for (int i = 0; i < 40; i++) {
      Stored late =
          workspace.add(QUIET, workspace.now(), Fleet.OVERLAP.minusMillis(1_100), "delivered");
      fleet.read(SOON.plusMillis(300L * i), traffic(3));
      assertThat(fleet.delay(late)).isLessThanOrEqualTo(SOON);
    }
    fleet.read(SOON);
    assertThat(fleet.lateIds()).isEmpty();
    assertThat(fleet.messageIds()).containsExactlyInAnyOrderElementsOf(ids());
  }

  @Test
  void whatComesLaterThanTheOverlapIsEmittedWithinAMinute() {
    Fleet fleet = atRest();
    Stored later = workspace.add(QUIET, workspace.now(), Duration.ofSeconds(40), "delivered");
    fleet.read(Duration.ofSeconds(40).plus(MINUTE_AND_A_CYCLE));
    assertThat(fleet.messageIds()).contains(later.id());
  }

  @Test
  void messagesOfOneTimeAreAllEmitted() {
    Fleet fleet = atRest(4);
    for (int i = 0; i < 30; i++) {
      workspace.add(i % CHANNELS, "delivered");
    }
    fleet.read(SOON);
    assertThat(fleet.messageIds()).containsExactlyInAnyOrderElementsOf(ids());
  }

  @Test
  void messagesThatComeBetweenPagesAreAllEmitted() {
    workspace.countingTokens(true);
    Fleet fleet = atRest(10);
    workspace.betweenPages(() -> workspace.add(QUIET, "delivered"));
    fleet.read(MINUTE, traffic(3));
    workspace.betweenPages(() -> {});
    fleet.read(SOON);
    assertThat(fleet.messageIds()).containsExactlyInAnyOrderElementsOf(ids());
    assertThat(fleet.lateIds()).isEmpty();
    assertThat(workspace.all().stream().skip(CHANNELS).map(fleet::delay))
        .allSatisfy(delay -> assertThat(delay).isLessThanOrEqualTo(SOON));
  }

  @Test
  void openMessagesAreReadOnAsTheyAreDue() {
    Fleet fleet = atRest();
    Stored message = workspace.add(QUIET, "accepted");
    fleet.read(SOON);
    message.step("sent", workspace.now());
    fleet.read(Fleet.POLL.plusSeconds(1));
    message.step("delivered", workspace.now());
    fleet.read(Fleet.POLL.plusSeconds(1));
    assertThat(fleet.statuses(message.id())).containsExactly("accepted", "sent", "delivered");
    assertThat(sweepsOf(QUIET, fleet, MINUTE.multipliedBy(2))).as("at rest").isLessThan(4);
  }

  @Test
  void aStepAfterAFinalStatusIsSeenAtOnceWhereTheListShowsIt() {
    Fleet fleet = atRest();
    Stored message = workspace.add(QUIET, "delivered");
    fleet.read(SOON);
    message.step("delivery_failed", workspace.now());
    fleet.read(Fleet.POLL.plusSeconds(1));
    assertThat(fleet.statuses(message.id())).containsExactly("delivered", "delivery_failed");
  }

  @Test
  void aStepAfterAFinalStatusFurtherDownIsSeenWithinAMinute() {
    Fleet fleet = fleet(CHANNELS, 10, Optional.of(WorkspaceUse.USUAL));
    Stored message = workspace.all().get(QUIET);
    fleet.read(MINUTE.multipliedBy(2), traffic(3));
    message.step("delivery_failed", workspace.now());
    fleet.read(MINUTE_AND_A_CYCLE, traffic(3));
    assertThat(fleet.statuses(message.id())).containsExactly("delivered", "delivery_failed");
  }

  @Test
  void aFailedReadingLetsNobodyRest() {
    Fleet fleet = atRest();
    int before = workspace.workspaceLists().size();
    workspace.answerWorkspaceListWith(
        Optional.of(new ReadOutcome.Unavailable<>(Reason.of("it is down"), Optional.empty())));
    fleet.read(Fleet.POLL);
    Stored message = workspace.add(QUIET, "delivered");
    fleet.read(SOON);
    assertThat(fleet.delay(message)).isLessThanOrEqualTo(SOON);
    assertThat(sweepsOf(QUIET, fleet, MINUTE)).isBetween(11, 13);
    assertThat(workspace.workspaceLists().size() - before).as("ever later").isBetween(6, 9);

    workspace.answerWorkspaceListWith(Optional.empty());
    fleet.read(MINUTE.multipliedBy(2));
    assertThat(sweepsOf(QUIET, fleet, MINUTE)).isLessThan(3);
  }

  @Test
  void aSweepThatHasFailedIsMadeAgain() {
    Fleet fleet = atRest();
    workspace.add(QUIET, "delivered");
    int before = workspace.sweeps(QUIET).size();
    workspace.failNextSweep(QUIET);
    fleet.read(SOON);
    List<Instant> sweeps = workspace.sweeps(QUIET);
    assertThat(Duration.between(sweeps.get(before), sweeps.get(before + 1)))
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aListThatIsNotThereIsAskedForOnceAnHour() {
    workspace.answerWorkspaceListWith(
        Optional.of(new ReadOutcome.Missing<>(Reason.of("it is not there"))));
    Fleet fleet = fleet();
    fleet.read(Duration.ofMinutes(59));
    assertThat(workspace.workspaceLists()).hasSize(1);
    assertThat(sweepsOf(QUIET, fleet, MINUTE)).isBetween(11, 13);
    fleet.read(MINUTE);
    assertThat(workspace.workspaceLists()).hasSize(2);
  }

  @Test
  void aRefusedOrUnreadableListIsLeft() {
    for (ReadOutcome<MessagePage> outcome :
        List.<ReadOutcome<MessagePage>>of(
            new ReadOutcome.Refused<>(Reason.of("no such parameter")),
            new ReadOutcome.Denied<>(Reason.of("no right")),
            new ReadOutcome.Unreadable<>(Reason.of("no results")))) {
      FakeWorkspace own = new FakeWorkspace();
      own.answerWorkspaceListWith(Optional.of(outcome));
      new Fleet(own, CHANNELS, 1_000, Optional.of(WorkspaceUse.USUAL)).read(MINUTE.multipliedBy(5));
      assertThat(own.workspaceLists()).as(outcome.toString()).hasSize(1);
    }
  }

  @Test
  void aRefusedPageTokenEndsOneReadingOnly() {
    Fleet fleet = fleet(CHANNELS, 10, Optional.of(WorkspaceUse.USUAL));
    fleet.read(MINUTE, traffic(3));
    workspace.refuseNextPage();
    fleet.read(Fleet.POLL, traffic(3));
    int lists = workspace.workspaceLists().size();
    fleet.read(MINUTE, traffic(3));
    assertThat(workspace.workspaceLists().size() - lists).isGreaterThan(20);
  }

  @Test
  void aListThatLacksAChannelIsNotTrusted() {
    workspace.showInWorkspaceList(
        message -> !message.channelId().equals(FakeWorkspace.channel(QUIET)));
    Fleet fleet = atRest();
    Stored message = workspace.add(QUIET, "delivered");
    fleet.read(Fleet.OVERLAP.plus(MINUTE_AND_A_CYCLE), traffic(1));
    assertThat(fleet.messageIds()).contains(message.id());
    fleet.read(Fleet.POLL.multipliedBy(2), traffic(1));
    int lists = workspace.workspaceLists().size();
    assertThat(sweepsOf(QUIET, fleet, MINUTE)).isBetween(11, 13);
    fleet.read(MINUTE, traffic(1));
    assertThat(workspace.workspaceLists()).hasSize(lists);
    assertThat(fleet.lateIds()).isEmpty();
  }

  @Test
  void aListThatIsNotOrderedByTimeIsNotTrusted() {
    workspace.orderWorkspaceListBy(
        Comparator.comparing(
                (Stored message) -> message.createdAt().truncatedTo(ChronoUnit.MINUTES))
            .thenComparing(Stored::id, Comparator.reverseOrder()));
    Fleet fleet = fleet(CHANNELS, 10, Optional.of(WorkspaceUse.USUAL));
    fleet.read(MINUTE.multipliedBy(2), traffic(3));
    assertThat(workspace.workspaceLists()).as("both ends, and its head again").hasSize(3);
    assertThat(workspace.sweeps(QUIET)).hasSizeGreaterThan(20);
    fleet.read(Duration.ofMinutes(59));
    assertThat(workspace.workspaceLists()).as("looked at anew after an hour").hasSize(6);
  }

  @Test
  void messagesOfOneTimeDoNotTellTheOrder() {
    workspace.newestFirst(false);
    workspace.orderWorkspaceListBy(
        Comparator.comparing(Stored::createdAt)
            .thenComparing(Stored::id, Comparator.reverseOrder()));
    Fleet fleet = atRest(4);
    for (int i = 0; i < 10; i++) {
      Stored message = workspace.add(QUIET, "delivered");
      fleet.read(SOON.plusMillis(700L * i));
      assertThat(fleet.delay(message)).isLessThanOrEqualTo(SOON);
    }
    assertThat(sweepsOf(QUIET, fleet, MINUTE.multipliedBy(2))).as("at rest").isLessThan(4);
  }

  @Test
  void aListThatTakesMorePagesThanItSparesIsLeftForAWhile() {
    Fleet fleet = fleet(CHANNELS, 4, Optional.of(WorkspaceUse.USUAL));
    Runnable traffic = traffic(9);
    fleet.read(MINUTE.multipliedBy(2), traffic);
    int lists = workspace.workspaceLists().size();
    assertThat(lists).isBetween(30, 60);
    fleet.read(MINUTE.multipliedBy(8), traffic);
    assertThat(workspace.workspaceLists()).as("meanwhile").hasSize(lists);
    fleet.read(MINUTE.multipliedBy(2), traffic);
    assertThat(workspace.workspaceLists()).as("tried again").hasSizeGreaterThan(lists);
    fleet.read(SOON);
    assertThat(fleet.messageIds()).containsExactlyInAnyOrderElementsOf(ids());
  }

  @Test
  void aReadingThatEndsTooHighUpLetsNobodyRest() {
    Fleet fleet = fleet(CHANNELS, 4, Optional.of(new WorkspaceUse(10, Duration.ZERO, MINUTE)));
    fleet.read(MINUTE, traffic(9));
    int before = workspace.sweeps(QUIET).size();
    fleet.read(MINUTE, traffic(9));
    assertThat(workspace.sweeps(QUIET).size() - before).isBetween(11, 13);
  }

  @Test
  void moreChannelsThanTheBudgetHasReadsForComeToRest() {
    int channels = 400;
    workspace.budget(40);
    Fleet fleet = fleet(channels, 1_000, Optional.of(WorkspaceUse.USUAL));
    fleet.read(MINUTE.multipliedBy(2), traffic(3));
    int before = workspace.reads();
    int made = workspace.all().size();
    fleet.read(MINUTE.multipliedBy(2), traffic(3));
    assertThat(workspace.reads() - before).as("of 4800 that the budget has").isLessThan(1_300);
    fleet.read(SOON);
    assertThat(fleet.messageIds()).containsExactlyInAnyOrderElementsOf(ids());
    List<Duration> delays = workspace.all().stream().skip(made).map(fleet::delay).sorted().toList();
    assertThat(delays.get(delays.size() / 2)).isLessThanOrEqualTo(SOON);
  }

  @Test
  void aYoungMessageThatASweepHasLeftIsEmittedByTheNextOne() {
    workspace.showInWorkspaceList(
        message -> !message.channelId().equals(FakeWorkspace.channel(QUIET)));
    Fleet fleet = atRest();
    int before = workspace.sweeps(QUIET).size();
    Stored message = workspace.add(QUIET, "delivered");
    while (workspace.sweeps(QUIET).size() == before) {
      message = workspace.add(QUIET, "delivered");
      fleet.read(Duration.ofMillis(100));
    }
    fleet.read(SOON);
    assertThat(fleet.delay(message)).isLessThanOrEqualTo(SOON);
  }

  @Test
  void heartbeatsComeWhenTheyAreDue() {
    Duration interval = Duration.ofSeconds(15);
    Fleet fleet =
        new Fleet(
            workspace, CHANNELS, 1_000, Optional.of(WorkspaceUse.USUAL), Optional.of(interval));
    fleet.read(MINUTE);
    int before = fleet.heartbeats(QUIET);
    int sweepsBefore = workspace.sweeps(QUIET).size();
    fleet.read(MINUTE.multipliedBy(3));
    assertThat(fleet.heartbeats(QUIET) - before).isBetween(9, 12);
    assertThat(workspace.sweeps(QUIET).size() - sweepsBefore).as("and few others").isLessThan(18);
  }

  @Test
  void whenFewChannelsAreQuietNobodyRests() {
    Fleet fleet = atRest();
    fleet.read(MINUTE, traffic(11));
    int lists = workspace.workspaceLists().size();
    int sweeps = workspace.sweeps(CHANNELS - 1).size();
    fleet.read(MINUTE, traffic(11));
    assertThat(workspace.workspaceLists()).hasSize(lists);
    assertThat(workspace.sweeps(CHANNELS - 1).size() - sweeps).isBetween(11, 13);
  }

  @Test
  void fewChannelsAreSweptAlone() {
    Fleet fleet = fleet(9, 1_000, Optional.of(WorkspaceUse.USUAL));
    fleet.read(MINUTE);
    assertThat(workspace.workspaceLists()).isEmpty();
  }

  @Test
  void aBusyChannelIsSweptAsEver() {
    Fleet fleet = atRest();
    int before = workspace.sweeps(BUSY).size();
    fleet.read(MINUTE, traffic(1));
    assertThat(workspace.sweeps(BUSY).size() - before).isBetween(11, 14);
  }
}
