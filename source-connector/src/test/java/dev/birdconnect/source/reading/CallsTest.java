package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which answers are taken, and how long failures hold up the next calls. */
class CallsTest {

  private static final ListQuery HEAD = new ListQuery(10, Optional.empty(), false);

  private final FakeChannel channel = new FakeChannel();
  private final Observed observed = new Observed();
  private final List<MessagePage> pages = new ArrayList<>();
  private final Calls calls =
      new Calls(
          channel,
          FakeChannel.ADDRESS,
          new ServerClock(channel::nanoTime),
          new PageLimit(10, Long.MAX_VALUE),
          observed,
          channel::nanoTime,
          () -> 1.0,
          () -> {},
          this::givenUp);

  private void givenUp() {
    calls.cancel();
  }

  private void list() {
    calls.list(ReadPurpose.SWEEP, HEAD, (page, asOf) -> pages.add(page), () -> {});
  }

  private static Reason forbidden() {
    return Reason.of(new Complaint(403, Optional.empty(), Optional.empty(), Map.of()));
  }

  @Test
  void noneIsTakenAfterTheOneThatGivesTheChannelUp() {
    channel.failNextList(new ReadOutcome.Denied<>(forbidden()));
    channel.failNextList(new ReadOutcome.Denied<>(forbidden()));
    list();
    list();
    list();

    calls.takeAnswers();

    assertThat(observed.channelsStopped()).containsExactly(FakeChannel.ADDRESS.channelId());
    assertThat(pages).isEmpty();
    assertThat(calls.underWay()).isZero();
  }

  @Test
  void readsOfMessagesThatFailTogetherAreOneFailureAndNoneOfTheList() {
    channel.answerGetsWith(new ReadOutcome.Unavailable<>(Reason.of("not now"), Optional.empty()));
    Calls.MessageTaker taker = new Ignoring();
    long begun = channel.nanoTime();
    for (int i = 0; i < 4; i++) {
      calls.get("m" + i, taker);
    }
    calls.takeAnswers();
    assertThat(calls.notBefore()).isEqualTo(begun);
    assertThat(calls.getsNotBefore() - begun).isEqualTo(Duration.ofMillis(500).toNanos());

    channel.pass(Duration.ofSeconds(1));
    calls.get("m", taker);
    calls.takeAnswers();
    assertThat(calls.getsNotBefore() - channel.nanoTime())
        .isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(observed.timesFailed()).isEqualTo(5);
  }

  private static final class Ignoring implements Calls.MessageTaker {

    @Override
    public void found(Message message) {}

    @Override
    public void missing() {}

    @Override
    public void forbidden() {}

    @Override
    public void unreadable() {}

    @Override
    public void failed() {}
  }
}
