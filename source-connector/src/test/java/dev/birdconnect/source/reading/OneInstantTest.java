package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.reading.FakeChannel.Cursor;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More messages that were made at one time than a sweep may keep. */
class OneInstantTest {

  private static final int PAGE = 5;
  private static final int MOST = 20;
  private static final int MANY = 3 * MOST;
  private static final Duration CYCLE = Run.POLL.plusSeconds(1);

  private final FakeChannel channel = new FakeChannel();
  private final Instant instant = channel.now().minus(Duration.ofHours(2));

  private void history() {
    for (int i = 0; i < 3; i++) {
      channel.add("a" + i, instant.minusSeconds(3 - i), Duration.ZERO, "delivered");
    }
    for (int i = 0; i < MANY; i++) {
      channel.add("m%02d".formatted(i), instant, Duration.ZERO, "delivered");
    }
  }

  @ParameterizedTest
  @EnumSource(Cursor.class)
  void doNotHideWhatComesAfterThem(Cursor cursor) {
    channel.cursor(cursor);
    history();
    Run run = new Run(channel, PAGE, MOST);
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.messageIds()).hasSize(3 + MANY).doesNotHaveDuplicates();

    channel.lists().clear();
    channel.add("new", "sent");
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.messageIds()).hasSize(3 + MANY + 1).contains("new");
    assertThat(channel.lists()).as("the head, and no way down").hasSizeLessThan(10);
  }

  @Test
  void areReadOnceAfterAStopAmongThem() {
    channel.cursor(Cursor.COUNT);
    history();
    Run run = new Run(channel, PAGE, MOST);
    for (int i = 0; i < 10 * MANY && run.messageIds().size() < MANY / 2; i++) {
      run.poll(1);
    }
    assertThat(run.messageIds()).hasSize(MANY / 2);
    run.restart();
    channel.add("new", "sent");
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.messageIds()).hasSize(3 + MANY + 1).doesNotHaveDuplicates().contains("new");
    channel.lists().clear();
    run.settle(CYCLE.multipliedBy(3));
    assertThat(channel.lists()).hasSizeLessThan(10);
  }

  /** Fewer of them than may be kept are more bytes than may be kept. */
  @ParameterizedTest
  @EnumSource(Cursor.class)
  void areAllEmittedHoweverLongTheyAre(Cursor cursor) {
    channel.cursor(cursor).bodies(1_000);
    history();
    Run run = new Run(channel, Run.settings(PAGE, MOST, 15_000));
    run.settle(CYCLE.multipliedBy(3));
    assertThat(run.messageIds()).hasSize(3 + MANY).doesNotHaveDuplicates();
  }
}
