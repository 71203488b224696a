package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.reading.FakeChannel.Stored;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that go out long after they were made, where the API need not show when (15). */
class ScheduledMessagesTest {

  private static final Duration AHEAD = Duration.ofDays(10);
  private static final Duration UNTIL_SEEN = Duration.ofMinutes(20);
  private static final int PAGE = 5;

  private final FakeChannel channel = new FakeChannel();

  private Stored scheduled() {
    Stored message = channel.add("p", "scheduled");
    for (int i = 0; i < 4 * PAGE; i++) {
      channel.add("x%02d".formatted(i), channel.now().plusMillis(i), Duration.ZERO, "delivered");
    }
    return message;
  }

  private void passes(Run run, Duration time) {
    channel.pass(time);
    run.settle(Duration.ofMinutes(2));
  }

  private void goesOut(Run run, Stored message) {
    message.step("sent", channel.now());
    run.settle(UNTIL_SEEN);
    passes(run, Run.MAX_AGE.minusHours(1));
    message.step("delivered", channel.now());
    run.settle(UNTIL_SEEN);
  }

  private static List<String> statuses(Run run) {
    return run.statusNames("p");
  }

  @Test
  void areFollowedWhereTheirTimeIsNotShown() {
    Stored message = scheduled();
    Run run = new Run(channel, PAGE);
    run.settle(Duration.ofMinutes(1));
    passes(run, Run.MAX_AGE.plusHours(1));
    run.restart();
    passes(run, AHEAD.minus(Run.MAX_AGE));
    goesOut(run, message);
    assertThat(statuses(run)).containsExactly("scheduled", "sent", "delivered");
  }

  @Test
  void areFollowedNoLongerThanOthersAfterTheyWentOut() {
    Stored message = scheduled();
    Run run = new Run(channel, PAGE);
    run.settle(Duration.ofMinutes(1));
    passes(run, AHEAD);
    message.step("sent", channel.now());
    run.settle(UNTIL_SEEN);
    passes(run, Run.MAX_AGE.plusHours(1));
    message.step("delivered", channel.now());
    run.settle(UNTIL_SEEN);
    assertThat(statuses(run)).containsExactly("scheduled", "sent");
  }

  @Test
  void areFollowedNoLongerThanTheyMayWait() {
    scheduled();
    Run run = new Run(channel, PAGE);
    run.settle(Duration.ofMinutes(1));
    passes(run, Duration.ofDays(35).plus(Run.MAX_AGE).plusHours(1));
    channel.gets().clear();
    run.settle(UNTIL_SEEN);
    assertThat(channel.gets()).isEmpty();
    assertThat(run.observed().messagesOpen()).isZero();
  }

  @Test
  void areFollowedWhereTheirTimeIsNotShownAfterTheyWentOut() {
    Stored message = scheduled();
    message.scheduleFor(channel.now().plus(AHEAD));
    Run run = new Run(channel, PAGE);
    run.settle(Duration.ofMinutes(1));
    passes(run, AHEAD);
    message.hideSchedule();
    goesOut(run, message);
    assertThat(statuses(run)).containsExactly("scheduled", "sent", "delivered");
  }

  @Test
  void areFollowedBeyondTheOffsets() {
    Stored message = scheduled();
    Run run =
        new Run(channel, Run.settings(PAGE, Run.MOST_KEPT), new ChannelMemory.Room(2 * PAGE, 100));
    run.settle(Duration.ofMinutes(1));
    for (int i = 0; i < 4 * PAGE; i++) {
      channel.add("o%02d".formatted(i), channel.now().plusMillis(i), Duration.ZERO, "sent");
    }
    run.settle(Duration.ofMinutes(1));
    passes(run, AHEAD);
    goesOut(run, message);
    assertThat(statuses(run)).containsExactly("scheduled", "sent", "delivered");
    assertThat(run.statuses("p").get(2).mayBeRepeat()).isTrue();
  }
}
