package dev.birdconnect.source.budget;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.source.reading.UnusedApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Channels of the API with a clock of their own, which goes on only when told to. Calls leave in
 * turn, no faster than the budget, and each is answered after the same time.
 */
final class BudgetedApi extends UnusedApi {

  private static final Duration LATENCY = Duration.ofMillis(50);

  private final Map<String, LongList> channels;
  private final Duration betweenCalls;
  private final Deque<Runnable> answers = new ArrayDeque<>();
  private final Deque<Long> answerTimes = new ArrayDeque<>();
  private final Instant start;
  private long nanos;
  private long nextPermit;
  private int lists;
  private int gets;

  BudgetedApi(Map<String, LongList> channels, int perSecond, Instant start) {
    this.channels = channels;
    this.betweenCalls = Duration.ofSeconds(1).dividedBy(perSecond);
    this.start = start;
  }

  Instant now() {
    return start.plusNanos(nanos);
  }

  long nanoTime() {
    return nanos;
  }

  int lists() {
    return lists;
  }

  int gets() {
    return gets;
  }

  /** Whether a call waits for its answer. */
  boolean isCalled() {
    return !answers.isEmpty();
  }

  /** Goes on to a time, or to the next answer where that comes before. */
  void pass(long until) {
    Long answered = answerTimes.peekFirst();
    if (answered == null || answered > until) {
      nanos = Math.max(nanos, until);
      return;
    }
    nanos = Math.max(nanos, answered);
    answerTimes.removeFirst();
    answers.removeFirst().run();
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
    lists++;
    LongList list = channels.get(address.channelId());
    return call(() -> list.page(query, now()));
  }

  @Override
  public ApiCall<ReadOutcome<Message>> message(ChannelAddress address, String messageId) {
    gets++;
    LongList list = channels.get(address.channelId());
    return call(() -> list.message(list.number(messageId), now()));
  }

  private <T> ApiCall<ReadOutcome<T>> call(Supplier<T> answer) {
    CompletableFuture<ReadOutcome<T>> outcome = new CompletableFuture<>();
    nextPermit = Math.max(nextPermit + betweenCalls.toNanos(), nanos);
    answerTimes.add(nextPermit + LATENCY.toNanos());
    answers.add(() -> outcome.complete(new ReadOutcome.Found<>(answer.get(), Optional.of(now()))));
    return new ApiCall<>() {
      @Override
      public CompletionStage<ReadOutcome<T>> outcome() {
        return outcome;
      }

      @Override
      public void cancel() {
        throw new UnsupportedOperationException("Nothing is cancelled here.");
      }
    };
  }

  @Override
  public Optional<Instant> serverTime() {
    return Optional.of(now());
  }
}
