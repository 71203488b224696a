package dev.birdconnect.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallThreadsTest {

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final CallThreads threads = new CallThreads("calls-", IDLE);

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void aCallThatAnotherOneStartsIsMadeByItsThreadWhenItHasEnded() throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    threads.execute(
        () -> {
          threads.execute(() -> second.complete(name() + first.isDone()));
          first.complete(name());
        });

    assertThat(get(second)).isEqualTo(get(first) + true);
  }

  @Test
  void whatACallStartsBeyondOneDoesNotWaitForItsEnd() throws Exception {
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<String> third = new CompletableFuture<>();
    threads.execute(
        () -> {
          threads.execute(() -> second.complete(name()));
          threads.execute(() -> third.complete(name()));
          third.join();
        });

    assertThat(get(second)).isNotEqualTo(get(third));
  }

  @Test
  void callsOfOthersKeepToTheirOwnThreads() throws Exception {
    CallThreads others = new CallThreads("others-", IDLE);
    try {
      CompletableFuture<String> call = new CompletableFuture<>();
      threads.execute(() -> others.execute(() -> call.complete(name())));

      assertThat(get(call)).startsWith("others-");
    } finally {
      others.shutdownNow();
    }
  }

  @Test
  void aCallThatFailsTakesNoOtherWithIt() throws Exception {
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<String> third = new CompletableFuture<>();
    threads.execute(
        () -> {
          threads.execute(
              () -> {
                threads.execute(() -> third.complete(name()));
                second.complete(name());
                throw new Failure();
              });
          throw new Failure();
        });

    assertThat(get(second)).startsWith("calls-");
    assertThat(get(third)).startsWith("calls-");
  }

  @Test
  void nothingStartsAfterTheEnd() throws Exception {
    CompletableFuture<Boolean> refused = new CompletableFuture<>();
    threads.execute(
        () -> {
          threads.shutdown();
          try {
            threads.execute(() -> {});
            refused.complete(false);
          } catch (RejectedExecutionException e) {
            refused.complete(true);
          }
        });

    assertThat(get(refused)).isTrue();
    assertThatThrownBy(() -> threads.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  /** What it prints at the end of its thread is expected here, so it says so. */
  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure() {
      super("expected by the test", null, false, false);
    }
  }

  private static String name() {
    return Thread.currentThread().getName();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(1, TimeUnit.MINUTES);
  }
}
