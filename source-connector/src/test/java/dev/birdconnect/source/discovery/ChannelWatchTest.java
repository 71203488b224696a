package dev.birdconnect.source.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread reads what the test hands it, and then waits until it is handed more. */
class ChannelWatchTest {

  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Finding NO_ANSWER = new Finding.Failed("no answer came");

  private final BlockingQueue<Finding> answers = new SynchronousQueue<>();
  private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
  private final AtomicInteger changes = new AtomicInteger();
  private final ChannelWatch watch =
      new ChannelWatch(
          patience -> answers.take(),
          INTERVAL,
          Duration.ofSeconds(10),
          pauses::put,
          this::changed,
          "channels-of-a-test");
  private RuntimeException trouble;

  private void changed() {
    changes.incrementAndGet();
    if (trouble != null) {
      throw trouble;
    }
  }

  @AfterEach
  void close() {
    watch.close();
  }

  /** Lets the thread read this; returns how long it waits afterwards. */
  private Duration answer(Finding finding) throws InterruptedException {
    answers.put(finding);
    return pauses.poll(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private Duration list(String... ids) throws InterruptedException {
    return answer(new Finding.Channels(Set.of(ids), true));
  }

  @Test
  void aChangeOfTheChannelsIsToldOnce() throws Exception {
    watch.start();
    assertThat(list("b", "a")).isEqualTo(INTERVAL);
    assertThat(watch.channels(LONG)).containsExactly("a", "b");
    assertThat(changes).as("nobody has asked in vain").hasValue(0);

    list("a", "b");
    assertThat(changes).hasValue(0);
    list("a", "b", "c");
    assertThat(changes).hasValue(1);
    assertThat(watch.channels(LONG)).containsExactly("a", "b", "c");
  }

  @Test
  void whatIsMissingIsLookedForAgainSoon() throws Exception {
    watch.start();
    list("a", "b");
    assertThat(list("a")).isEqualTo(Duration.ofSeconds(1));
    assertThat(changes).hasValue(0);
    assertThat(list("a")).isEqualTo(INTERVAL);
    assertThat(changes).hasValue(1);
    assertThat(watch.channels(LONG)).containsExactly("a");
  }

  @Test
  void failuresAndEmptyAnswersChangeNothingAndAreRepeatedMoreAndMoreSlowly() throws Exception {
    watch.start();
    list("a", "b");
    assertThat(answer(NO_ANSWER)).isEqualTo(Duration.ofSeconds(1));
    assertThat(answer(NO_ANSWER)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 40; i++) {
      answer(NO_ANSWER);
    }
    assertThat(answer(NO_ANSWER)).isEqualTo(INTERVAL);
    assertThat(list()).isEqualTo(INTERVAL);
    assertThat(list()).isEqualTo(INTERVAL);
    assertThat(answer(NO_ANSWER)).as("the row is broken").isEqualTo(Duration.ofSeconds(1));
    assertThat(changes).hasValue(0);
    assertThat(watch.channels(LONG)).containsExactly("a", "b");
  }

  @Test
  void theFirstAnswerIsWaitedForWithinBounds() throws Exception {
    watch.start();
    assertThatThrownBy(() -> watch.channels(Duration.ofMillis(1)))
        .isInstanceOf(NoChannelsException.class)
        .hasMessageContaining("has not listed the workspace's channels yet");
    answer(NO_ANSWER);
    assertThatThrownBy(() -> watch.channels(Duration.ofMillis(1)))
        .hasMessageContaining("cannot be listed: no answer came");
    list("a");
    assertThat(changes).as("somebody has asked in vain").hasValue(1);
    assertThat(watch.channels(Duration.ZERO)).containsExactly("a");
  }

  @Test
  void whoWaitsGetsTheFirstAnswer() throws Exception {
    BlockingQueue<List<String>> got = new LinkedBlockingQueue<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                got.put(watch.channels(LONG));
              } catch (NoChannelsException | InterruptedException e) {
                got.add(List.of(e.toString()));
              }
            });
    waiting.start();
    watch.start();
    list("a");
    assertThat(got.poll(LONG.toSeconds(), TimeUnit.SECONDS)).containsExactly("a");
  }

  /** The worker asks again and again meanwhile, on the thread that does all its other work too. */
  @Test
  void aFailureIsNotWaitedFor() throws Exception {
    watch.start();
    answer(NO_ANSWER);
    assertToldWithoutWaiting("cannot be listed: no answer came");
    list("a");
    assertThat(changes).as("the worker has asked in vain").hasValue(1);
  }

  @Test
  void aFirstAnswerThatTakesLongIsWaitedForOnce() throws Exception {
    watch.start();
    assertThatThrownBy(() -> watch.channels(Duration.ofMillis(1)))
        .isInstanceOf(NoChannelsException.class);
    assertToldWithoutWaiting("has not listed the workspace's channels yet");
    list("a");
    assertThat(changes).as("the worker has asked in vain").hasValue(1);
  }

  /** A thread that is interrupted cannot wait. */
  private void assertToldWithoutWaiting(String sentence) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> watch.channels(LONG))
          .isInstanceOf(NoChannelsException.class)
          .hasMessageContaining(sentence);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void refusalsAndEmptyWorkspacesAreNotWaitedFor() throws Exception {
    watch.start();
    answer(new Finding.Failed("the Channels API answered 403"));
    assertThatThrownBy(() -> watch.channels(LONG))
        .hasMessageContaining("answered 403")
        .hasMessageContaining("right to GET");
    list();
    assertThatThrownBy(() -> watch.channels(LONG)).hasMessageContaining("no channel that is to be");
  }

  @Test
  void aWorkerThatFailsDoesNotEndTheWatch() throws Exception {
    watch.start();
    list("a");
    trouble = new IllegalStateException("the worker is leaving");
    list("a", "b");
    trouble = null;
    list("a", "b", "c");
    assertThat(changes).hasValue(2);
  }

  @Test
  void closeEndsTheThread() throws Exception {
    watch.start();
    list("a");
    watch.close();
    assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
        .doesNotContain("channels-of-a-test");
  }
}
