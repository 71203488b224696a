package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which sweeps a channel makes whatever another list says. */
class RestingTest {

  private static final Duration LAG = Run.OVERLAP.plusSeconds(2);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeChannel channel = new FakeChannel();
  private final List<Long> since = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private int leftOut;
  private long askedAt;

  /** Says that nothing is ever new. */
  private final QuietChannels always =
      new QuietChannels() {
        @Override
        public Optional<Instant> nothingNewUpTo(String channelId, long asked) {
          since.add(asked);
          return Optional.of(channel.now().minus(LAG));
        }

        @Override
        public void sweepIsLeftOut() {
          leftOut++;
        }

        @Override
        public void isShown(String channelId, Message newest) {
          shown.add(newest.id());
        }
      };

  private Run atRest(String... messages) {
    for (String id : messages) {
      channel.add(id, "delivered");
    }
    channel.pass(MINUTE);
    Run run = new Run(channel, 100);
    run.reader().restBy(always);
    run.settle(MINUTE);
    return run;
  }

  /** Lets half a second pass again and again until the list was read more often than so. */
  private void settleUntilMoreThan(int lists, Run run, Runnable before) {
    for (int i = 0; i < 1_000 && channel.lists().size() <= lists; i++) {
      before.run();
      run.settle(Duration.ofMillis(500));
    }
    assertThat(channel.lists()).hasSizeGreaterThan(lists);
  }

  @Test
  void aSweepIsMadeOnceAMinute() {
    Run run = atRest("a");
    int before = channel.lists().size();
    run.settle(MINUTE.multipliedBy(5));
    assertThat(channel.lists().size() - before).isBetween(4, 6);
    assertThat(leftOut).isGreaterThan(50);
  }

  @Test
  void aListOfOnePageRestsThoughItsMessagesAreToBeShownOnce() {
    channel.add("a", "delivered");
    channel.pass(MINUTE);
    Run run = new Run(channel, 100);
    run.reader().tell(MessageListener.NONE, Duration.ofDays(1));
    run.reader().restBy(always);
    run.settle(MINUTE);
    int before = channel.lists().size();
    run.settle(MINUTE.multipliedBy(5));
    assertThat(channel.lists().size() - before).isBetween(4, 6);
  }

  @Test
  void aListWithNothingToLookBackOnRests() {
    for (int i = 0; i < 10; i++) {
      channel.add("m" + i, "delivered");
      channel.pass(Duration.ofSeconds(1));
    }
    channel.pass(Run.LOOK_BACK.multipliedBy(2));
    Run run = new Run(channel, 4);
    run.reader().restBy(always);
    run.settle(MINUTE);
    int before = channel.lists().size();
    run.settle(MINUTE.multipliedBy(5));
    assertThat(channel.lists().size() - before).isBetween(4, 6);
  }

  @Test
  void whatWasTooYoungIsSweptForAgain() {
    Run run = atRest("a");
    int before = channel.lists().size();
    settleUntilMoreThan(before, run, () -> channel.add("young", "delivered"));
    run.settle(Run.OVERLAP.plus(Run.POLL).plusSeconds(2));
    assertThat(run.messageIds()).contains("young");
  }

  @Test
  void whatIsSaidIsAboutTheTimeSinceTheLastSweepThatWasWhole() {
    Run run = atRest("a");
    channel.betweenPages(
        () -> {
          askedAt = channel.nanoTime();
          channel.pass(Duration.ofMillis(100));
        });
    int before = channel.lists().size();
    settleUntilMoreThan(before, run, () -> {});
    long whole = askedAt;
    run.settle(Run.POLL.plusSeconds(1));
    assertThat(since.get(since.size() - 1)).isEqualTo(whole);

    for (int i = 0; i < 3; i++) {
      channel.failNextList(new ReadOutcome.Unavailable<>(Reason.of("down"), Optional.empty()));
    }
    settleUntilMoreThan(before + 1, run, () -> {});
    run.settle(Duration.ofMillis(500));
    assertThat(since.get(since.size() - 1)).as("after a failure").isEqualTo(whole);
  }

  @Test
  void openMessagesAreSweptForAsTheyAreDue() {
    Run run = atRest("a");
    FakeChannel.Stored open = channel.add("open", "sent");
    run.settle(MINUTE.multipliedBy(2).plusSeconds(20));
    open.step("delivered", channel.now());
    run.settle(Run.POLL.plusSeconds(1));
    assertThat(run.statusNames("open")).containsExactly("sent", "delivered");
  }

  @Test
  void onlyWhatIsNewIsToBeShownElsewhere() {
    Run run = atRest("a", "b");
    assertThat(shown).containsExactly("b");
    channel.add("c", "delivered");
    run.settle(MINUTE.plus(Run.POLL));
    assertThat(shown).contains("c").doesNotContain("a");
    int before = shown.size();
    run.settle(MINUTE.multipliedBy(2));
    assertThat(shown).hasSize(before);
  }

  @Test
  void theLagIsToldWhileAChannelRests() {
    Run run = atRest("a");
    run.settle(Duration.ofSeconds(30));
    assertThat(run.observed().behind()).isBetween(LAG.minusSeconds(1), LAG);
  }
}
