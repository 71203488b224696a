package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose first messages do not tell their order. */
class OrderProbeTest {

  private static final Duration CYCLE = Run.POLL.plusSeconds(1);
  private static final int PAGE = 5;
  private static final int NEW = 4 * PAGE;

  private final FakeChannel channel = new FakeChannel();

  private void newOnesOneByOne(Run run) {
    run.settle(CYCLE.multipliedBy(2));
    for (int i = 0; i < NEW; i++) {
      channel.add("new-%02d".formatted(i), "delivered");
      run.settle(CYCLE);
    }
    run.settle(CYCLE.multipliedBy(2));
  }

  /** The server orders them otherwise than by id, so that their ids tell the wrong order. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void messagesOfOneInstantDoNotTellTheOrderForGood(boolean newestFirst) {
    channel.newestFirst(newestFirst).tiesById(false);
    Instant instant = channel.now();
    for (int i = 0; i < 2 * PAGE; i++) {
      channel.add("" + (char) ('a' + i) + (9 - i), instant, Duration.ZERO, "delivered");
    }
    Run run = new Run(channel, PAGE);
    newOnesOneByOne(run);
    assertThat(run.messageIds()).hasSize(2 * PAGE + NEW).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theOnlyMessageThatCanBeReadDoesNotEither(boolean newestFirst) {
    channel.newestFirst(newestFirst);
    for (int i = 0; i < 3 * PAGE; i++) {
      channel.add("m%02d".formatted(i), "delivered").breaks(i != PAGE);
      channel.pass(Duration.ofMillis(10));
    }
    Run run = new Run(channel, PAGE);
    newOnesOneByOne(run);
    assertThat(run.messageIds()).hasSize(1 + NEW).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOrderThatIsToldIsNotAskedForAgain(boolean newestFirst) {
    channel.newestFirst(newestFirst);
    for (int i = 0; i < 2 * PAGE; i++) {
      channel.add("m%02d".formatted(i), "delivered");
    }
    Run run = new Run(channel, PAGE);
    newOnesOneByOne(run);
    channel.lists().clear();
    run.settle(CYCLE.multipliedBy(3));
    assertThat(channel.lists()).isNotEmpty().allMatch(query -> query.reverse() != newestFirst);
  }
}
