package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which answers are taken. */
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
}
