package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.FakeChannel.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of closed messages, in memory and in the offsets. */
class LookBackTest {

  private static final Duration CYCLE = Run.POLL.plusSeconds(1);

  private final FakeChannel channel = new FakeChannel();

  private void stream(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      channel.add(prefix + "%03d".formatted(i), "delivered");
      channel.pass(Duration.ofMillis(10));
    }
  }

  private MessageSeen last(Run run) {
    return run.messages().get(run.messages().size() - 1);
  }

  @Test
  void aLateMessageIsEmittedAfterARestartToo() {
    stream("a", 300);
    Instant gap = channel.now();
    channel.pass(Duration.ofSeconds(1));
    stream("b", 300);
    Run run = new Run(channel, 50);
    run.settle(CYCLE.multipliedBy(3));
    run.restart();
    channel.add("late", gap, Duration.ZERO, "sent");
    run.settle(Duration.ofMinutes(3));
    assertThat(run.messageIds()).hasSize(601).doesNotHaveDuplicates();
    assertThat(last(run).message().id()).isEqualTo("late");
    assertThat(last(run).late()).isTrue();
    assertThat(run.statusNames("late")).containsExactly("sent");
  }

  @Test
  void aLateMessageIsEmittedAmongThoseThatAreClosedByTheirAge() {
    Duration maxAge = Duration.ofMinutes(2);
    ReadSettings settings =
        new ReadSettings(
            new Start.Earliest(),
            10,
            Run.POLL,
            Run.OVERLAP,
            Run.LOOK_BACK,
            maxAge,
            Optional.empty(),
            Run.MOST_KEPT,
            Run.MOST_BYTES);
    Instant gap = channel.now().plusMillis(1);
    for (int i = 0; i < 100; i++) {
      channel.add("m%03d".formatted(i), "sent");
      channel.pass(Duration.ofMillis(10));
    }
    Run run = new Run(channel, settings);
    run.settle(maxAge.multipliedBy(2));
    channel.add("late", gap, Duration.ZERO, "sent");
    run.settle(Duration.ofMinutes(2));
    assertThat(run.messageIds()).hasSize(101).endsWith("late");
    assertThat(last(run).late()).isTrue();
  }

  @Test
  void aLateMessageWhoseRecordsWereAbortedIsEmittedAgain() {
    stream("a", 300);
    Instant gap = channel.now();
    channel.pass(Duration.ofSeconds(1));
    stream("b", 300);
    Run run = new Run(channel, 1_000);
    run.settle(CYCLE.multipliedBy(3));
    int before = run.topic().size();
    channel.add("late", gap, Duration.ZERO, "delivered");
    run.settle(CYCLE.multipliedBy(2));
    assertThat(last(run).message().id()).isEqualTo("late");
    run.crash(before);
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.messageIds()).hasSize(601).doesNotHaveDuplicates().endsWith("late");
  }

  @Test
  void aStepAfterAFinalStatusIsEmittedAfterARestartToo() {
    stream("a", 50);
    Stored message = channel.add("m", "delivered");
    stream("b", 200);
    Run run = new Run(channel, 20);
    run.settle(CYCLE.multipliedBy(3));
    run.restart();
    message.step("delivery_failed", channel.now());
    run.settle(Duration.ofMinutes(3));
    assertThat(run.statusNames("m")).containsExactly("delivered", "delivery_failed");
    assertThat(run.statuses("m").get(1).sequence()).isEqualTo(2);
  }

  @Test
  void whatIsOlderThanTheLookBackIsForgotten() {
    stream("a", 500);
    Run run = new Run(channel, 1_000);
    run.settle(CYCLE.multipliedBy(2));
    channel.pass(Run.LOOK_BACK);
    run.settle(CYCLE);
    Stored message = channel.get("a250");
    message.step("delivery_failed", channel.now());
    stream("b", 100);
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.statusNames("a250")).containsExactly("delivered");
    assertThat(run.messageIds()).hasSize(600).doesNotHaveDuplicates();
    assertThat(run.topic().get(run.topic().size() - 1).state().known().text().length())
        .isLessThan(50 * 20);
  }

  @Test
  void theLatestOnlyStayKnown() {
    stream("a", 20_000);
    Run run = new Run(channel, 1_000);
    run.settle(CYCLE.multipliedBy(8));
    assertThat(run.messageIds()).hasSize(20_000);
    assertThat(run.topic())
        .allSatisfy(
            emission -> assertThat(emission.state().known().text().length()).isLessThan(85 * 45));
  }
}
