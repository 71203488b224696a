package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.FakeChannel.Cursor;
import dev.birdconnect.source.reading.FakeChannel.Stored;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much the readers of a task keep of what they have read. */
class KeptInMemoryTest {

  private static final Duration CYCLE = Run.POLL.plusSeconds(1);
  private static final int CHANNELS = 8;
  private static final int PAGE_SIZE = 25;
  private static final int BODY_BYTES = 1_000;
  private static final long MOST_BYTES = 50_000;

  private final List<FakeChannel> channels = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<WeakReference<Message>> shown = new ArrayList<>();

  private static ReadSettings settings(int pageSize) {
    return Run.settings(pageSize, Run.MOST_KEPT, MOST_BYTES);
  }

  private void addChannel(Cursor cursor) {
    FakeChannel channel = new FakeChannel().cursor(cursor).bodies(BODY_BYTES);
    channel.whenShown(message -> shown.add(new WeakReference<>(message)));
    channels.add(channel);
    runs.add(new Run(channel, settings(PAGE_SIZE)));
  }

  private static void makes(FakeChannel channel, int count) {
    Instant first = channel.now();
    for (int i = 0; i < count; i++) {
      channel.add(
          "m%05d".formatted(channel.all().size()),
          first.plusMillis(10L * i),
          Duration.ZERO,
          "delivered");
    }
    channel.pass(Duration.ofMinutes(1));
  }

  private long keptBytes() {
    System.gc();
    shown.removeIf(one -> one.get() == null);
    return shown.stream()
        .map(WeakReference::get)
        .filter(Objects::nonNull)
        .mapToLong(Footprint::of)
        .sum();
  }

  /** The most bytes kept at a time. */
  private long mostKept(int steps) {
    long most = 0;
    for (int i = 0; i < steps; i++) {
      runs.forEach(run -> run.reader().advance());
      most = Math.max(most, i % 3 == 0 ? keptBytes() : 0);
    }
    return most;
  }

  private static List<String> ids(FakeChannel channel) {
    return channel.all().stream().map(Stored::id).toList();
  }

  @ParameterizedTest
  @EnumSource(Cursor.class)
  void isBoundedTogetherWhileNothingIsHandedOver(Cursor cursor) {
    for (int i = 0; i < CHANNELS; i++) {
      addChannel(cursor);
      makes(channels.get(i), 10);
      runs.get(i).settle(CYCLE);
      runs.get(i).topic().clear();
      makes(channels.get(i), 300);
    }
    assertThat(mostKept(30)).isPositive().isLessThanOrEqualTo(CHANNELS * 2 * MOST_BYTES);
    for (int i = 0; i < CHANNELS; i++) {
      runs.get(i).settle(CYCLE.multipliedBy(2));
      assertThat(runs.get(i).messageIds()).isEqualTo(ids(channels.get(i)).subList(10, 310));
      assertThat(runs.get(i).messages()).noneMatch(MessageSeen::late);
    }
  }

  @Test
  void whatAFewPagesHoldIsSweptInOneGo() {
    addChannel(Cursor.POSITION);
    makes(channels.get(0), 200);
    runs.get(0).settle(CYCLE);
    makes(channels.get(0), 30);
    channels.get(0).lists().clear();
    runs.get(0).settle(CYCLE);
    assertThat(runs.get(0).messageIds()).isEqualTo(ids(channels.get(0)));
    assertThat(runs.get(0).observed().reads(ReadPurpose.SWEEP)).isLessThan(8);
    assertThat(channels.get(0).lists()).allMatch(query -> query.limit() == PAGE_SIZE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aMessageThatIsMoreThanMayBeKeptIsEmitted(int pageSize) {
    FakeChannel channel = new FakeChannel();
    makes(channel, 30);
    Run run = new Run(channel, settings(pageSize));
    run.settle(CYCLE);
    channel.bodies((int) (2 * MOST_BYTES));
    makes(channel, 1);
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.messageIds()).isEqualTo(ids(channel));
  }

  @ParameterizedTest
  @EnumSource(Cursor.class)
  void pagesOfLongMessagesAreSmallerFromTheFirstOn(Cursor cursor) {
    FakeChannel channel = new FakeChannel().cursor(cursor).bodies(5 * BODY_BYTES);
    channel.whenShown(message -> shown.add(new WeakReference<>(message)));
    channels.add(channel);
    makes(channel, 120);
    Run run = new Run(channel, settings(100));
    runs.add(run);
    long most = 0;
    for (int i = 0; i < 200; i++) {
      run.poll(2);
      run.topic().clear();
      most = Math.max(most, i < 10 || i % 9 == 0 ? keptBytes() : 0);
    }
    assertThat(most).isPositive().isLessThanOrEqualTo(2 * MOST_BYTES);
  }

  @Test
  void andAreAllRead() {
    FakeChannel channel = new FakeChannel().bodies(5 * BODY_BYTES);
    makes(channel, 120);
    Run run = new Run(channel, settings(100));
    run.settle(CYCLE);
    assertThat(run.messageIds()).isEqualTo(ids(channel));
    int limit = channel.lists().get(channel.lists().size() - 1).limit();
    assertThat(limit).isBetween(4, 9);
    channel.bodies(0);
    run.settle(Duration.ofMinutes(3));
    assertThat(channel.lists().get(channel.lists().size() - 1).limit()).isGreaterThan(10 * limit);
  }

  /** What waits for the overlap is more than may be kept, all the time. */
  @Test
  void youngMessagesHoldUpNothingHoweverManyTheyAre() {
    FakeChannel channel = new FakeChannel().bodies(BODY_BYTES);
    makes(channel, 20);
    Stored open = channel.add("open", "sent");
    channel.pass(Duration.ofMinutes(1));
    Run run = new Run(channel, settings(PAGE_SIZE));
    run.settle(CYCLE);
    channel.betweenPages(
        () -> {
          channel.pass(Duration.ofMillis(100));
          for (int i = 0; i < 3; i++) {
            channel.add("n%05d".formatted(channel.all().size()), "delivered");
          }
        });
    for (int i = 0; i < 300; i++) {
      channel.add("y%05d".formatted(i), "delivered");
      channel.pass(Duration.ofMillis(33));
    }
    open.step("delivered", channel.now());
    channel.lists().clear();
    run.settle(Duration.ofMinutes(2));
    assertThat(run.statusNames("open")).containsExactly("sent", "delivered");
    assertThat(channel.lists()).hasSizeLessThan(500);
  }
}
