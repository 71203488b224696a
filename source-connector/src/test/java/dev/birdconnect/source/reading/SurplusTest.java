package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.FakeChannel.Stored;
import dev.birdconnect.source.status.EmittedStatus;
import dev.birdconnect.source.status.KnownMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** More open messages than the offsets hold. */
class SurplusTest {

  private static final int STORED = 20;
  private static final Duration CYCLE = Run.POLL.plusSeconds(1);
  private static final Duration SEARCHES = Duration.ofMinutes(40);

  private final FakeChannel channel = new FakeChannel();

  private List<Stored> open(String prefix, int count) {
    List<Stored> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      open.add(channel.add(prefix + "%03d".formatted(i), "sent"));
      channel.pass(Duration.ofMillis(500));
    }
    return open;
  }

  private Run run(int remembered) {
    return run(channel, 10, remembered);
  }

  private static Run run(FakeChannel channel, int pageSize, int remembered) {
    return new Run(
        channel, Run.settings(pageSize, Run.MOST_KEPT), new ChannelMemory.Room(STORED, remembered));
  }

  private void closed(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      channel.add(prefix + "%04d".formatted(i), "delivered");
      channel.pass(Duration.ofMillis(50));
    }
  }

  private static List<Integer> sequences(Run run, String id) {
    return run.statuses(id).stream().map(StatusSeen::sequence).toList();
  }

  @Test
  void theOldestAreFollowedOnAndMarked() {
    List<Stored> open = open("o", 50);
    Run run = run(100);
    run.settle(CYCLE.multipliedBy(2));
    open.forEach(message -> message.step("delivered", channel.now()));
    run.settle(Duration.ofMinutes(5));

    for (Stored message : open) {
      assertThat(run.statusNames(message.id())).containsExactly("sent", "delivered");
    }
    assertThat(sequences(run, "o000")).containsExactly(1, 0);
    assertThat(run.statuses("o000").get(1).mayBeRepeat()).isTrue();
    assertThat(run.statuses("o000").get(1).previous()).contains(new MessageStatus("sent"));
    assertThat(sequences(run, "o049")).containsExactly(1, 2);
    assertThat(run.statuses("o049").get(1).mayBeRepeat()).isFalse();
  }

  @Test
  void aRestartFindsThemAgainAndWhatTheyHaveMovedTo() {
    List<Stored> open = open("o", 50);
    Run run = run(100);
    run.settle(CYCLE.multipliedBy(2));
    run.restart();
    open.forEach(message -> message.step("delivered", channel.now()));
    run.settle(SEARCHES);

    for (Stored message : open) {
      assertThat(run.statusNames(message.id())).startsWith("sent").endsWith("delivered");
    }
    run.restart();
    run.settle(SEARCHES);
    for (Stored message : open) {
      assertThat(run.statuses(message.id()).stream().filter(seen -> !seen.mayBeRepeat()))
          .doesNotHaveDuplicates();
    }
    assertThat(run.messageIds()).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void thoseThatMemoryDoesNotHoldAreFoundByPages() {
    List<Stored> open = open("o", 200);
    Run run = run(10);
    run.settle(CYCLE.multipliedBy(3));
    open.forEach(message -> message.step("delivered", channel.now()));
    run.settle(SEARCHES);
    for (Stored message : open) {
      assertThat(run.statusNames(message.id())).startsWith("sent").endsWith("delivered");
    }
  }

  @Test
  void theyAreNotRepeatedAsLongAsTheyAreRemembered() {
    List<Stored> open = open("o", 100);
    Run run = run(100);
    run.settle(CYCLE.multipliedBy(2));
    open.forEach(message -> message.step("delivered", channel.now()));
    run.settle(SEARCHES);
    for (Stored message : open) {
      assertThat(run.statuses(message.id())).hasSize(2);
    }
  }

  @Test
  void whenNoneIsLeftNothingIsSearchedForAnyMore() {
    List<Stored> open = open("o", 200);
    Run run = run(10);
    run.settle(CYCLE.multipliedBy(3));
    open.forEach(message -> message.step("delivered", channel.now()));
    run.settle(Run.LOOK_BACK.multipliedBy(2));
    int before = run.topic().size();
    for (int i = 0; i < 1_000; i++) {
      channel.add("final-%03d".formatted(i), "delivered");
    }
    run.settle(Duration.ofMinutes(5));
    assertThat(run.topic()).hasSize(before + 2_000);
    Map<Integer, ShardState> newest = new HashMap<>();
    run.topic().forEach(emission -> newest.put(emission.shard(), emission.state()));
    assertThat(newest.values()).allMatch(state -> state.surplus().isEmpty());
  }

  /** They leave the offsets before a read has shown what they have moved to during the stop. */
  @Test
  void whatTheyHaveMovedToDuringALongStopIsFound() {
    List<Stored> open = open("o", STORED);
    closed("c", 1_000);
    Run run = run(20);
    run.settle(CYCLE);
    open.forEach(message -> message.step("delivered", channel.now()));
    run.restart();
    channel.pass(Run.LOOK_BACK.multipliedBy(3));
    open("n", 300);
    run.settle(SEARCHES);
    for (Stored message : open) {
      assertThat(run.statusNames(message.id())).startsWith("sent").endsWith("delivered");
    }
  }

  @Test
  void closedOnesMadeAfterThemAreNotRepeatedWhenTheyAreForgotten() {
    open("o", 200);
    Run run = run(channel, 100, 1_000);
    run.settle(CYCLE.multipliedBy(2));
    closed("c", 6_000);
    run.settle(Duration.ofMinutes(4));
    assertThat(run.messageIds()).hasSize(6_200);
    assertThat(run.topic()).hasSize(2 * 6_200);
  }

  /** One open message and nine closed ones in turn, for hours, all made before the look-back. */
  private void openAmongClosed(int turns) {
    for (int i = 0; i < turns; i++) {
      open("o%03d-".formatted(i), 1);
      closed("c%03d-".formatted(i), 9);
      channel.pass(Duration.ofSeconds(100));
    }
    channel.pass(Run.LOOK_BACK.multipliedBy(2));
  }

  private void closedOnesComeOnce(Run run) {
    assertThat(run.messageIds()).contains("c000-0000");
    assertThat(run.messageIds())
        .filteredOn(id -> id.startsWith("c") && run.statuses(id).size() != 1)
        .isEmpty();
  }

  @Test
  void closedOnesAmongThoseThatAreRememberedAreNotRepeated() {
    openAmongClosed(200);
    Run run = run(channel, 100, 1_000);
    run.settle(Duration.ofMinutes(5));
    closedOnesComeOnce(run);
  }

  @Test
  void closedOnesAmongThoseThatAreRememberedAreNotRepeatedHoweverLateTheyWereClosed() {
    openAmongClosed(200);
    channel.all().stream()
        .filter(stored -> stored.id().startsWith("c"))
        .forEach(stored -> stored.step("delivered", channel.now()));
    Run run = run(channel, 100, 1_000);
    run.settle(Duration.ofMinutes(5));
    closedOnesComeOnce(run);
  }

  @Test
  void closedOnesAreNotRepeatedWhenTheirNeighboursLeaveTheOffsetsAfterARestart() {
    openAmongClosed(200);
    Run run = run(channel, 100, 1_000);
    run.settle(Duration.ofMinutes(5));
    run.restart();
    open("n", 300);
    run.settle(SEARCHES);
    closedOnesComeOnce(run);
  }

  @Test
  void closedOnesAreNotRepeatedWhenMemoryDoesNotHoldTheirNeighbours() {
    openAmongClosed(200);
    Run run = run(channel, 100, 10);
    run.settle(SEARCHES);
    closedOnesComeOnce(run);
  }

  /** The search may have begun above it. */
  @Test
  void whatMemoryForgetsDuringASearchDoesNotCountAsFoundByIt() {
    List<Stored> ofOneShard =
        open("m", 1_000).stream()
            .filter(message -> Shards.of(message.id()) == Shards.of("m000"))
            .limit(3)
            .toList();
    Surplus surplus = new Surplus(Map.of(), 1, Run.LOOK_BACK);
    for (int i : List.of(1, 0)) {
      surplus.add(known(ofOneShard.get(i)), channel.now());
    }
    Stored oldest = ofOneShard.get(0);
    channel.pass(Run.LOOK_BACK);
    oldest.step("delivered", channel.now());
    channel.pass(Run.LOOK_BACK.multipliedBy(2));
    surplus.readingBegins();
    surplus.add(known(ofOneShard.get(2)), channel.now());
    surplus.readingEnds(channel.now());
    assertThat(surplus.othersFrom()).contains(oldest.createdAt());
    assertThat(surplus.look(channel.message(oldest), false, channel.now())).isPresent();
  }

  private KnownMessage known(Stored stored) {
    Message message = channel.message(stored);
    return KnownMessage.of(message, Optional.of(EmittedStatus.first(message)));
  }

  @Test
  void closedOnesTakeNoRoomFromOpenOnesThatAreFoundAgain() {
    openAmongClosed(200);
    Run run = run(channel, 100, 200);
    run.settle(CYCLE.multipliedBy(2));
    run.restart();
    run.settle(Duration.ofMinutes(5));
    assertThat(run.observed().messagesOpen()).isEqualTo(200);
    int searched = run.observed().reads(ReadPurpose.SEARCH);
    assertThat(searched).isPositive();
    run.settle(SEARCHES);
    assertThat(run.observed().reads(ReadPurpose.SEARCH)).isEqualTo(searched);
  }

  @Test
  void whatAStartSetForwardLeavesOutIsNoneOfThem() {
    open("o", 200);
    Run run = run(20);
    run.settle(CYCLE.multipliedBy(2));
    closed("left-out-", 100);
    run.rewind(channel.now());
    closed("c", 100);
    run.settle(SEARCHES);
    assertThat(run.topic())
        .extracting(emission -> emission.event().message().id())
        .noneMatch(id -> id.startsWith("left-out-"))
        .contains("c0000", "c0099");
  }

  @Test
  void whatAStartSetForwardLeavesOutBetweenOlderAndNewerOnesIsNoneOfThem() {
    List<Stored> open = open("o", 200);
    Run run = run(20);
    run.settle(CYCLE.multipliedBy(2));
    open("left-out-", 100);
    closed("left-out-", 100);
    run.rewind(channel.now());
    open.addAll(open("n", 200));
    run.settle(SEARCHES);
    run.restart();
    open.forEach(message -> message.step("delivered", channel.now()));
    run.settle(SEARCHES);
    assertThat(run.topic())
        .extracting(emission -> emission.event().message().id())
        .noneMatch(id -> id.startsWith("left-out-"));
    for (Stored message : open) {
      assertThat(run.statusNames(message.id())).startsWith("sent").endsWith("delivered");
    }
  }

  @Test
  void whatAStartSetBackEmitsAgainIsNoneOfThem() {
    open("o", 100);
    Instant start = channel.now();
    List<Stored> closed = open("c", 300);
    open("n", 100);
    channel.pass(Run.LOOK_BACK.multipliedBy(2));
    closed.forEach(message -> message.step("delivered", channel.now()));
    Run run = run(channel, 100, 1_000);
    run.settle(CYCLE.multipliedBy(2));
    closed("stores-it-", 1_000);
    run.settle(CYCLE.multipliedBy(2));
    run.rewind(start);
    run.settle(SEARCHES);
    for (Stored message : closed) {
      assertThat(run.statusNames(message.id())).containsExactly("delivered", "delivered");
    }
  }

  /** What leaves the offsets is made first, so that nothing made later counts as emitted. */
  @Test
  void scheduledOnesThatFillTheOffsetsHideNoLateMessage() {
    for (Stored message : open("s", STORED)) {
      message.scheduleFor(channel.now().plus(Duration.ofDays(10)));
    }
    Run run = run(channel, 100, 1_000);
    run.settle(CYCLE.multipliedBy(2));
    Instant gap = channel.now();
    channel.pass(Duration.ofSeconds(1));
    open("n", STORED / 2);
    run.settle(CYCLE.multipliedBy(2));
    List<String> late = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      late.add(channel.add("late" + i, gap.plusMillis(i), Duration.ZERO, "sent").id());
    }
    run.settle(Duration.ofMinutes(2));
    assertThat(run.messageIds()).containsAll(late);
  }

  @Test
  void whatIsRememberedIsBoundedWhateverIsOpen() {
    open("o", 2_000);
    ChannelMemory.Room room = new ChannelMemory.Room(STORED, 30);
    Run run = new Run(channel, Run.settings(100, Run.MOST_KEPT), room);
    run.settle(Duration.ofMinutes(3));
    int longest =
        run.topic().subList(3_900, run.topic().size()).stream()
            .mapToInt(emission -> emission.state().known().text().length())
            .max()
            .orElseThrow();
    assertThat(run.messageIds()).hasSize(2_000);
    assertThat(longest).isLessThan(STORED * 45);
  }

  /** Random lives with little room: the final statuses are right, what is not marked comes once. */
  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void nothingIsMissedAndOnlyWhatIsMarkedIsRepeated(@ForAll long seed) {
    Random random = new Random(seed);
    FakeChannel lively = new FakeChannel().newestFirst(random.nextBoolean());
    Run run = run(lively, 5 + random.nextInt(50), random.nextInt(40));
    for (int i = 0; i < 60; i++) {
      for (int j = random.nextInt(6); j > 0; j--) {
        lively.add(new UUID(random.nextLong(), random.nextLong()).toString(), "accepted");
      }
      for (Stored stored : lively.all()) {
        if (stored.statuses().size() < 3 && random.nextInt(40) == 0) {
          stored.step(stored.statuses().size() == 1 ? "sent" : "delivered", lively.now());
        }
      }
      run.settle(Duration.ofSeconds(random.nextInt(20)));
      if (random.nextInt(20) == 0) {
        run.crash(run.topic().size() - random.nextInt(1 + run.topic().size() / 10));
      }
    }
    run.settle(SEARCHES);

    assertThat(run.messageIds()).doesNotHaveDuplicates().hasSize(lively.all().size());
    for (Stored stored : lively.all()) {
      List<String> names = run.statusNames(stored.id());
      assertThat(names.get(names.size() - 1)).isEqualTo(stored.status());
      assertThat(names.stream().map(stored.statuses()::indexOf).toList()).isSorted();
      Set<List<Object>> eventIds = new HashSet<>();
      for (StatusSeen seen : run.statuses(stored.id())) {
        Instant at = seen.message().lastStatusAt();
        boolean first = eventIds.add(List.of(seen.message().status().name(), at, seen.sequence()));
        assertThat(first || seen.mayBeRepeat()).isTrue();
      }
    }
  }
}
