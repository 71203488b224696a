package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.verdict.ReadOutcome.Hindrance;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.FakeChannel.Cursor;
import dev.birdconnect.source.reading.FakeChannel.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random lives of a channel and of a reader: messages come, some with equal times, some a little
 * late; statuses move; the reader is polled, stopped and broken off. Both ends are compared.
 */
class OnceAndInOrderTest {

  private static final List<String> STEPS =
      List.of("accepted", "processing", "odd_new_status", "sent", "delivered");
  private static final int ACTIONS = 120;

  /** How a reader ends in between. */
  private enum Ending {
    CLEAN,
    ABORTED_TRANSACTION,
    OFFSETS_BEHIND
  }

  private static final class Life {
    private final Random random;
    private final FakeChannel channel = new FakeChannel();
    private final Run run;
    private final Set<Emission> beyondOffsets = Collections.newSetFromMap(new IdentityHashMap<>());

    private Life(long seed) {
      random = new Random(seed);
      channel
          .newestFirst(random.nextBoolean())
          .cursor(random.nextBoolean() ? Cursor.POSITION : Cursor.COUNT)
          .tellsDate(random.nextInt(4) > 0)
          .tiesById(random.nextBoolean());
      int pageSize = 1 + random.nextInt(random.nextBoolean() ? 5 : 60);
      int mostKept = random.nextBoolean() ? Run.MOST_KEPT : 10 + random.nextInt(60);
      long mostBytes = random.nextBoolean() ? Run.MOST_BYTES : 1 + random.nextInt(40_000);
      run = new Run(channel, Run.settings(pageSize, mostKept, mostBytes));
      channel.betweenPages(
          () -> {
            if (random.nextInt(3) == 0) {
              arrive();
            }
            channel.pass(Duration.ofMillis(random.nextInt(40)));
          });
      int history = random.nextInt(200);
      for (int i = 0; i < history; i++) {
        channel.add(
            id(), channel.now().minusSeconds(random.nextInt(5_000)), Duration.ZERO, "delivered");
      }
      if (random.nextInt(3) == 0) {
        int most = 1 + random.nextInt(pageSize);
        Hindrance hindrance = random.nextBoolean() ? Hindrance.TOO_LONG : Hindrance.TOO_SLOW;
        channel.failPages(page -> page.size() > most, hindrance);
      }
    }

    private String id() {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private void arrive() {
      Instant createdAt =
          switch (random.nextInt(3)) {
            case 0 -> channel.now();
            case 1 -> Instant.ofEpochSecond(channel.now().getEpochSecond());
            default -> channel.now().minusNanos(random.nextInt(1_000_000));
          };
      Duration hidden = Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(3_000) : 0);
      channel.add(id(), createdAt, hidden, STEPS.get(random.nextInt(STEPS.size())));
    }

    private void act() {
      switch (random.nextInt(10)) {
        case 0, 1 -> arrive();
        case 2, 3 -> stepSome();
        case 4 -> channel.pass(Duration.ofMillis(random.nextInt(4_000)));
        case 5 -> channel.pass(Duration.ofSeconds(random.nextInt(30)));
        default -> run.poll(1 + random.nextInt(50));
      }
    }

    private void stepSome() {
      for (Stored stored : channel.all()) {
        int at = STEPS.indexOf(stored.status());
        if (at < STEPS.size() - 1 && random.nextInt(3) == 0) {
          Instant time = random.nextInt(5) == 0 ? stored.createdAt() : channel.now();
          stored.step(STEPS.get(at + 1 + random.nextInt(STEPS.size() - 1 - at)), time);
        }
      }
    }

    private void end(Ending ending) {
      int size = run.topic().size();
      switch (ending) {
        case CLEAN -> run.restart();
        case ABORTED_TRANSACTION -> run.crash(size - (size == 0 ? 0 : random.nextInt(size)));
        case OFFSETS_BEHIND -> {
          int[] stored = random.ints(64, 0, 4).toArray();
          List<Emission> kept = certain();
          Set<Emission> before = Collections.newSetFromMap(new IdentityHashMap<>());
          before.addAll(kept);
          for (int shard = 0; shard < stored.length; shard++) {
            dropLast(kept, shard, stored[shard]);
          }
          kept.forEach(before::remove);
          beyondOffsets.addAll(before);
          run.crashWithOffsetsOf(kept);
        }
      }
    }

    /** What is in the topic without what some restart has brought again. */
    private List<Emission> certain() {
      List<Emission> certain = new ArrayList<>(run.topic());
      certain.removeIf(beyondOffsets::contains);
      return certain;
    }

    private static void dropLast(List<Emission> kept, int shard, int count) {
      int left = count;
      for (int i = kept.size() - 1; i >= 0 && left > 0; i--) {
        if (kept.get(i).shard() == shard) {
          kept.remove(i);
          left--;
        }
      }
    }

    private void live(Ending ending) {
      for (int i = 0; i < ACTIONS; i++) {
        if (random.nextInt(25) == 0) {
          end(ending);
        }
        act();
      }
      channel.betweenPages(() -> {});
      run.settle(Duration.ofMinutes(3));
    }
  }

  @Property(tries = 80, shrinking = ShrinkingMode.OFF)
  void cleanStopsLoseAndRepeatNothing(@ForAll long seed) {
    Life life = new Life(seed);
    life.live(Ending.CLEAN);
    assertOnceAndInOrder(life);
  }

  @Property(tries = 80, shrinking = ShrinkingMode.OFF)
  void abortedTransactionsLoseAndRepeatNothing(@ForAll long seed) {
    Life life = new Life(seed);
    life.live(Ending.ABORTED_TRANSACTION);
    assertOnceAndInOrder(life);
  }

  @Property(tries = 80, shrinking = ShrinkingMode.OFF)
  void offsetsThatLagBehindLoseNothingAndRepeatOnlyWhatTheyLack(@ForAll long seed) {
    Life life = new Life(seed);
    life.live(Ending.OFFSETS_BEHIND);

    Set<String> seen = new HashSet<>(life.run.messageIds());
    assertThat(seen).containsAll(life.channel.all().stream().map(Stored::id).toList());
    for (Stored stored : life.channel.all()) {
      List<String> names = life.run.statusNames(stored.id());
      assertThat(names).isNotEmpty();
      assertThat(names.get(names.size() - 1)).isEqualTo(stored.status());
    }
    assertThat(
            life.certain().stream()
                .filter(emission -> emission.event() instanceof MessageSeen)
                .map(emission -> emission.event().message().id()))
        .doesNotHaveDuplicates();
  }

  private static void assertOnceAndInOrder(Life life) {
    List<String> expected =
        life.channel.all().stream()
            .sorted(Comparator.comparing(stored -> new Position(stored.createdAt(), stored.id())))
            .map(Stored::id)
            .toList();
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(life.run.messageIds());
    assertThat(missing).as("never emitted").isEmpty();
    assertThat(life.run.messageIds()).as("emitted once").doesNotHaveDuplicates();
    assertThat(life.run.messageIds()).as("in order").isEqualTo(expected);
    assertThat(life.run.messages()).noneMatch(MessageSeen::late);
    for (Stored stored : life.channel.all()) {
      List<StatusSeen> statuses = life.run.statuses(stored.id());
      List<String> names = life.run.statusNames(stored.id());
      assertThat(names).isSubsetOf(stored.statuses()).doesNotHaveDuplicates();
      assertThat(names.get(names.size() - 1)).isEqualTo(stored.status());
      for (int i = 0; i < statuses.size(); i++) {
        assertThat(statuses.get(i).sequence()).isEqualTo(i + 1);
        assertThat(statuses.get(i).previous().map(status -> status.name()).orElse(""))
            .isEqualTo(i == 0 ? "" : names.get(i - 1));
      }
      List<Integer> order = names.stream().map(stored.statuses()::indexOf).toList();
      assertThat(order).isSorted();
    }
    Set<String> announced = new HashSet<>();
    for (Emission emission : life.run.topic()) {
      String id = emission.event().message().id();
      if (emission.event() instanceof MessageSeen) {
        announced.add(id);
      } else {
        assertThat(announced).contains(id);
      }
    }
  }
}
