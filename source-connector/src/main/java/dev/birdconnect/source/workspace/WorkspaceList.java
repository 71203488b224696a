package dev.birdconnect.source.workspace;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.LookupApi;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.source.reading.ListOrder;
import dev.birdconnect.source.reading.ReadPurpose;
import dev.birdconnect.source.reading.ReadingObserver;
import dev.birdconnect.source.reading.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads of the workspace's list, one at a time: finds out its order, which is not assumed, and what
 * outcomes mean.
 */
final class WorkspaceList {

  /** What a read has led to. */
  sealed interface Result permits Page, OrderFound, NoAnswer, Useless {}

  /**
   * A page.
   *
   * @param page what it shows
   * @param asOf a time by the server's clock that is not later than the page
   * @param askedAt when it was asked for, in nanoseconds
   * @param takenAt when it had come, in nanoseconds
   * @param ordered whether the newest message is to come first; a list of one page has no order
   */
  record Page(MessagePage page, Instant asOf, long askedAt, long takenAt, boolean ordered)
      implements Result {}

  /** The order is known now: the head can be asked for. */
  record OrderFound() implements Result {}

  /**
   * Nothing for now; another try may bring more.
   *
   * @param retryAfter how long the API asks to wait, where it asks
   */
  record NoAnswer(Optional<Duration> retryAfter) implements Result {}

  /**
   * There is no such list, or none that this key or this client can read.
   *
   * @param why the rest of a sentence about it
   */
  record Useless(String why) implements Result {}

  private record Asked(ListQuery query, long at, ApiCall<ReadOutcome<MessagePage>> call) {}

  private final LookupApi api;
  private final String workspaceId;
  private final int pageSize;
  private final ServerClock serverClock;
  private final ReadingObserver observer;
  private final LongSupplier nanoTime;
  private final Runnable wake;
  private Optional<Asked> asked = Optional.empty();
  private Optional<ListOrder> order = Optional.empty();
  private Optional<Instant> firstByDefault = Optional.empty();

  /**
   * @param api the API
   * @param workspaceId the workspace
   * @param pageSize messages per page
   * @param serverClock told the time of every answer
   * @param observer told of every read
   * @param nanoTime a clock that only goes forward, in nanoseconds
   * @param wake run from any thread when there is an answer
   */
  WorkspaceList(
      LookupApi api,
      String workspaceId,
      int pageSize,
      ServerClock serverClock,
      ReadingObserver observer,
      LongSupplier nanoTime,
      Runnable wake) {
    this.api = api;
    this.workspaceId = workspaceId;
    this.pageSize = pageSize;
    this.serverClock = serverClock;
    this.observer = observer;
    this.nanoTime = nanoTime;
    this.wake = wake;
  }

  String workspaceId() {
    return workspaceId;
  }

  boolean isAsked() {
    return asked.isPresent();
  }

  /** Asks for the page of a token, or for the head of the list. */
  void ask(Optional<String> pageToken) {
    boolean reverse = order.map(ListOrder::reverseForNewest).orElse(false);
    start(new ListQuery(pageSize, pageToken, reverse));
  }

  private void start(ListQuery query) {
    observer.asked(ReadPurpose.WORKSPACE);
    long at = nanoTime.getAsLong();
    ApiCall<ReadOutcome<MessagePage>> call = api.workspaceMessages(workspaceId, query);
    asked = Optional.of(new Asked(query, at, call));
    var unused = call.outcome().whenComplete((outcome, failure) -> wake.run());
  }

  /** What was asked for has led to, once it has come. */
  Optional<Result> take() {
    Optional<Asked> done =
        asked.filter(read -> read.call().outcome().toCompletableFuture().isDone());
    if (done.isEmpty()) {
      return Optional.empty();
    }
    asked = Optional.empty();
    Asked read = done.get();
    ReadOutcome<MessagePage> outcome = read.call().outcome().toCompletableFuture().join();
    return outcome instanceof ReadOutcome.Found<MessagePage> found
        ? found(read, found)
        : Optional.of(withoutAnswer(read, outcome));
  }

  private Optional<Result> found(Asked read, ReadOutcome.Found<MessagePage> found) {
    MessagePage page = found.value();
    Instant asOf = serverClock.observe(found.serverTime(), page.results(), read.at());
    Optional<Instant> first = page.results().stream().map(Message::createdAt).findFirst();
    if (firstByDefault.isPresent()) {
      return Optional.of(first.<Result>map(this::orderFound).orElse(new Useless("it is empty")));
    }
    if (order.isEmpty() && page.nextPageToken().isPresent()) {
      firstByDefault = first;
      if (first.isEmpty()) {
        return Optional.of(new Useless("its first page is empty though another one follows"));
      }
      start(new ListQuery(1, Optional.empty(), true));
      return Optional.empty();
    }
    return Optional.of(new Page(page, asOf, read.at(), nanoTime.getAsLong(), order.isPresent()));
  }

  /**
   * The first message in the other order tells which one is which, unless both were made at one
   * time: the server may order these in any way.
   */
  private Result orderFound(Instant firstInReverse) {
    Instant byDefault = firstByDefault.orElseThrow();
    firstByDefault = Optional.empty();
    if (byDefault.equals(firstInReverse)) {
      return new NoAnswer(Optional.empty());
    }
    boolean newestFirst = byDefault.isAfter(firstInReverse);
    order = Optional.of(newestFirst ? ListOrder.NEWEST_FIRST : ListOrder.OLDEST_FIRST);
    return new OrderFound();
  }

  private Result withoutAnswer(Asked read, ReadOutcome<MessagePage> outcome) {
    if (outcome instanceof ReadOutcome.Missing<MessagePage> missing) {
      return useless(missing.reason());
    }
    if (outcome instanceof ReadOutcome.Denied<MessagePage> denied) {
      return useless(denied.reason());
    }
    if (outcome instanceof ReadOutcome.Unreadable<MessagePage> wrong) {
      return useless(wrong.reason());
    }
    if (outcome instanceof ReadOutcome.Refused<MessagePage> refused
        && read.query().pageToken().isEmpty()) {
      return useless(refused.reason());
    }
    observer.failed();
    firstByDefault = Optional.empty();
    return new NoAnswer(
        outcome instanceof ReadOutcome.Unavailable<MessagePage> unavailable
            ? unavailable.retryAfter()
            : Optional.empty());
  }

  private static Result useless(Reason reason) {
    return new Useless("it cannot be read: " + reason);
  }

  /** Forgets its order, as it may be another list when it is used again. */
  void forget() {
    order = Optional.empty();
    firstByDefault = Optional.empty();
  }
}
