package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of the reading is what has happened. */
class ObserverTest {

  private static final Duration CYCLE = Run.POLL.plusSeconds(1);

  private final FakeChannel channel = new FakeChannel();

  private void history(int count, String status) {
    for (int i = 0; i < count; i++) {
      channel.add("m%04d".formatted(i), status);
      channel.pass(Duration.ofSeconds(1));
    }
    channel.pass(Duration.ofMinutes(1));
  }

  private static int lists(Observed observed) {
    return observed.reads(
        ReadPurpose.PROBE,
        ReadPurpose.SWEEP,
        ReadPurpose.BACK_FILL,
        ReadPurpose.LOOK_BACK,
        ReadPurpose.SEARCH,
        ReadPurpose.STATUS_PAGE);
  }

  @Test
  void everyReadHasItsPurpose() {
    history(500, "delivered");
    for (int i = 0; i < 500; i += 97) {
      channel.get("m%04d".formatted(i)).step("sent", channel.now());
    }
    Run run = new Run(channel, 50);
    run.settle(Duration.ofMinutes(10));
    Observed observed = run.observed();

    assertThat(lists(observed)).isEqualTo(channel.lists().size());
    assertThat(observed.reads(ReadPurpose.STATUS_SINGLE)).isEqualTo(channel.gets().size());
    assertThat(observed.reads(ReadPurpose.PROBE)).as("order, and kind of cursor").isEqualTo(3);
    assertThat(observed.reads(ReadPurpose.BACK_FILL)).isBetween(10, 12);
    assertThat(observed.reads(ReadPurpose.SWEEP)).isGreaterThan(100);
    assertThat(observed.reads(ReadPurpose.LOOK_BACK)).isPositive();
    assertThat(observed.reads(ReadPurpose.STATUS_SINGLE)).isPositive();
    assertThat(observed.timesEmitted()).isEqualTo(run.topic().size());
    assertThat(observed.timesFailed()).isZero();
  }

  @Test
  void pagesForStatusesAreToldApart() {
    history(300, "sent");
    Run run = new Run(channel, 50);
    run.settle(Duration.ofMinutes(10));
    assertThat(run.observed().reads(ReadPurpose.STATUS_PAGE)).isPositive();
    assertThat(run.observed().messagesOpen()).isEqualTo(300);
    assertThat(run.observed().oldest()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(17));
    channel.all().forEach(message -> message.step("delivered", channel.now()));
    run.settle(Duration.ofMinutes(10));
    assertThat(run.observed().messagesOpen()).isZero();
    assertThat(run.observed().oldest()).isZero();
  }

  @Test
  void howFarTheChannelIsEmitted() {
    history(500, "delivered");
    Run run = new Run(channel, 50);
    while (run.messageIds().size() < 250) {
      run.poll(50);
    }
    assertThat(run.observed().behind()).isBetween(Duration.ofSeconds(300), Duration.ofSeconds(400));
    run.settle(CYCLE);
    assertThat(run.observed().behind())
        .as("although the youngest message is older")
        .isBetween(Run.OVERLAP, Run.OVERLAP.plusSeconds(1));
  }

  @Test
  void whatGoesWrong() {
    channel.add("a", "sent");
    channel.add("b", "sent").breaks(true);
    channel.pass(Duration.ofMinutes(1));
    channel.failNextList(new ReadOutcome.Unavailable<>(Reason.of("down"), Optional.empty()));
    Run run = new Run(channel, 50);
    run.settle(CYCLE);
    assertThat(run.observed().timesFailed()).isEqualTo(1);
    assertThat(run.observed().timesUnreadable()).isEqualTo(1);

    channel.remove("a");
    run.settle(Duration.ofMinutes(1));
    assertThat(run.observed().messagesGone()).isEqualTo(1);

    channel.failNextList(new ReadOutcome.Missing<>(Reason.of("404")));
    run.settle(CYCLE);
    assertThat(run.observed().channelsStopped()).containsExactly(FakeChannel.ADDRESS.channelId());
  }
}
