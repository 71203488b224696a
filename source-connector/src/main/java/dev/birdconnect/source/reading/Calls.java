package dev.birdconnect.source.reading;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one channel's reader: what is under way, what failures mean, and how long to wait
 * after them. Answers are taken on the reader's thread, when {@link #takeAnswers} is called.
 */
final class Calls {

  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
  private static final int FORBIDDEN = 403;

  private final ChannelsApi api;
  private final ChannelAddress address;
  private final ServerClock serverClock;
  private final PageLimit pageLimit;
  private final ReadingObserver observer;
  private final LongSupplier nanoTime;
  private final Pauses lists;
  private final Pauses gets;
  private final Runnable wake;
  private final Runnable onGivenUp;
  private final UnreadableMessages unreadable;
  private final List<Pending<?>> pending = new ArrayList<>();
  private boolean mayGet = true;

  /** Takes a page of the list. */
  interface PageTaker {

    /**
     * Takes it.
     *
     * @param asOf a time by the server's clock that is not later than the page
     */
    void take(MessagePage page, Instant asOf);
  }

  /** Takes the end of reading one message. */
  interface MessageTaker {

    void found(Message message);

    /** The message is not there. */
    void missing();

    /** Messages of this channel may not be read one by one. */
    void forbidden();

    /** What came is no message. */
    void unreadable();

    /** No answer came; no message is asked for by itself for a while. */
    void failed();
  }

  /** How long to wait after failures of one kind of calls. */
  private static final class Pauses {

    private final Backoff backoff;
    private long failedAt;
    private long notBefore;

    private Pauses(DoubleSupplier random, long now) {
      this.backoff = new Backoff(random);
      this.notBefore = now;
    }

    private void success() {
      backoff.success();
    }

    /** Whether a call was under way when the last failure in a row came, and so has part in it. */
    private boolean include(long askedAt) {
      return backoff.failures() > 0 && askedAt - failedAt <= 0;
    }

    private Duration begin(Optional<Duration> atLeast, long now) {
      Duration delay = backoff.afterFailure(atLeast);
      failedAt = now;
      notBefore = now + delay.toNanos();
      return delay;
    }

    private void lastUntil(long time) {
      notBefore = time - notBefore > 0 ? time : notBefore;
    }
  }

  private record Pending<T>(ApiCall<ReadOutcome<T>> call, Consumer<ReadOutcome<T>> taker) {

    private boolean isDone() {
      return call.outcome().toCompletableFuture().isDone();
    }

    private void take() {
      taker.accept(call.outcome().toCompletableFuture().join());
    }
  }

  /**
   * @param api the API
   * @param address the channel
   * @param serverClock told the time of every answer
   * @param pageLimit told how reads of the list end
   * @param observer told of every call
   * @param nanoTime a clock that only goes forward, in nanoseconds
   * @param random numbers from 0 to 1, for delays
   * @param wake run from any thread when there is an answer to take
   * @param onGivenUp run when the channel cannot be read any more
   */
  Calls(
      ChannelsApi api,
      ChannelAddress address,
      ServerClock serverClock,
      PageLimit pageLimit,
      ReadingObserver observer,
      LongSupplier nanoTime,
      DoubleSupplier random,
      Runnable wake,
      Runnable onGivenUp) {
    this.api = api;
    this.address = address;
    this.serverClock = serverClock;
    this.pageLimit = pageLimit;
    this.observer = observer;
    this.nanoTime = nanoTime;
    this.lists = new Pauses(random, nanoTime.getAsLong());
    this.gets = new Pauses(random, nanoTime.getAsLong());
    this.unreadable = new UnreadableMessages(address.channelId(), observer::unreadable);
    this.wake = wake;
    this.onGivenUp = onGivenUp;
  }

  /** How many are under way. */
  int underWay() {
    return pending.size();
  }

  /** When the next page may be asked for, in nanoseconds: later after one has failed. */
  long notBefore() {
    return lists.notBefore;
  }

  /** When the next message may be asked for by itself: later after such a call has failed. */
  long getsNotBefore() {
    return gets.notBefore;
  }

  /** How many messages to ask for with a page. */
  int pageSize() {
    return pageLimit.now();
  }

  /** Whether a page that has failed is to be asked for again at once, with fewer messages. */
  boolean asksForLessThan(int asked) {
    return pageLimit.now() < asked;
  }

  /**
   * Asks for a page.
   *
   * @param onRefusedToken run instead when the page token is refused
   */
  void list(ReadPurpose purpose, ListQuery query, PageTaker taker, Runnable onRefusedToken) {
    long askedAt = nanoTime.getAsLong();
    start(
        purpose,
        api.messages(address, query),
        outcome -> {
          if (outcome instanceof ReadOutcome.Found<MessagePage> found) {
            lists.success();
            pageLimit.came(page(query), query.limit(), Footprint.of(found.value().results()));
            unreadable.tell(found.value().unreadable());
            taker.take(
                found.value(),
                serverClock.observe(found.serverTime(), found.value().results(), askedAt));
          } else if (outcome instanceof ReadOutcome.Refused<MessagePage> refused
              && query.pageToken().isPresent()) {
            wait(lists, askedAt, refused.reason(), Optional.empty());
            onRefusedToken.run();
          } else if (outcome instanceof ReadOutcome.Missing<MessagePage> missing) {
            giveUp(missing.reason());
          } else {
            askForLess(query, outcome);
            failed(lists, askedAt, outcome);
          }
        });
  }

  /** Whether messages may be read one by one, as far as is known. */
  boolean mayGet() {
    return mayGet;
  }

  /** Asks for one message. */
  void get(String messageId, MessageTaker taker) {
    long askedAt = nanoTime.getAsLong();
    start(
        ReadPurpose.STATUS_SINGLE,
        api.message(address, messageId),
        outcome -> {
          if (outcome instanceof ReadOutcome.Found<Message> found) {
            gets.success();
            serverClock.observe(found.serverTime(), List.of(found.value()), askedAt);
            taker.found(found.value());
          } else if (outcome instanceof ReadOutcome.Missing<Message>) {
            taker.missing();
          } else if (outcome instanceof ReadOutcome.Denied<Message> denied
              && isForbidden(denied.reason())) {
            doWithoutGets(denied.reason());
            taker.forbidden();
          } else if (outcome instanceof ReadOutcome.Unreadable<Message> wrong) {
            gets.success();
            unreadable.tell(messageId, wrong.reason().sentence());
            taker.unreadable();
          } else {
            taker.failed();
            failed(gets, askedAt, outcome);
          }
        });
  }

  private <T> void start(
      ReadPurpose purpose, ApiCall<ReadOutcome<T>> call, Consumer<ReadOutcome<T>> taker) {
    observer.asked(purpose);
    pending.add(new Pending<>(call, taker));
    var unused = call.outcome().whenComplete((outcome, failure) -> wake.run());
  }

  /**
   * Takes the answers that have come, up to one that gives the channel up.
   *
   * @throws DeniedException when the API lets this connector read nothing
   */
  void takeAnswers() {
    List<Pending<?>> done = pending.stream().filter(Pending::isDone).toList();
    for (Pending<?> call : done) {
      // One that is no longer there was cancelled by an answer before it.
      if (pending.remove(call)) {
        call.take();
      }
    }
  }

  /** Cancels what is under way. */
  void cancel() {
    pending.forEach(call -> call.call().cancel());
    pending.clear();
  }

  private <T> void failed(Pauses pauses, long askedAt, ReadOutcome<T> outcome) {
    if (outcome instanceof ReadOutcome.Denied<T> denied) {
      denied(denied.reason());
    } else if (outcome instanceof ReadOutcome.Unavailable<T> unavailable) {
      wait(pauses, askedAt, unavailable.reason(), unavailable.retryAfter());
    } else if (outcome instanceof ReadOutcome.Unreadable<T> wrong) {
      wait(pauses, askedAt, wrong.reason(), Optional.empty());
    } else if (outcome instanceof ReadOutcome.Refused<T> refused) {
      wait(pauses, askedAt, refused.reason(), Optional.empty());
    }
  }

  private static String page(ListQuery query) {
    return query.pageToken().orElse("");
  }

  private void askForLess(ListQuery query, ReadOutcome<MessagePage> outcome) {
    int asked = query.limit();
    if (!(outcome instanceof ReadOutcome.Unavailable<MessagePage> unavailable)
        || !pageLimit.failed(page(query), asked, unavailable.hindrance())) {
      return;
    }
    if (asked > 1) {
      // It is another question, which need not wait as long as the same one again.
      lists.success();
      LOG.warn(
          "The channel {} is asked for {} messages at once instead of {}, as its pages are too long"
              + " or do not come in time. To spare such reads set page.size to fewer; where answers"
              + " are slow, raise bird.http.request.timeout.ms.",
          address.channelId(),
          pageLimit.now(),
          asked);
    } else {
      LOG.warn(
          "The channel {} is not read on, as even a page of one message is too long or does not"
              + " come in time; it is tried again. Where answers are slow, raise"
              + " bird.http.request.timeout.ms; where they are too long, check what answers at the"
              + " API's address.",
          address.channelId());
    }
  }

  private static boolean isForbidden(Reason reason) {
    return reason.complaint().filter(complaint -> complaint.status() == FORBIDDEN).isPresent();
  }

  private void doWithoutGets(Reason reason) {
    if (!mayGet) {
      return;
    }
    mayGet = false;
    LOG.warn(
        "Messages of the channel {} cannot be read one by one: {}. Their statuses are followed by"
            + " pages of its list only, which takes more reads. Give the access key the right GET"
            + " /workspaces/{workspaceId}/channels/{channelId}/messages/{messageId}, then restart"
            + " the task.",
        address.channelId(),
        reason);
  }

  private void denied(Reason reason) {
    if (isForbidden(reason)) {
      giveUp(reason);
      return;
    }
    throw new DeniedException(
        "The channel "
            + address.channelId()
            + " cannot be read: "
            + reason
            + ". Check the access key, the API address and the account, then restart the task.");
  }

  private void giveUp(Reason reason) {
    LOG.error(
        "The channel {} is no longer read: {}. Check its id and the rights of the access key, then"
            + " restart the task; the other channels go on.",
        address.channelId(),
        reason);
    observer.stopped(address.channelId());
    onGivenUp.run();
  }

  private void wait(Pauses pauses, long askedAt, Reason reason, Optional<Duration> asked) {
    observer.failed();
    long now = nanoTime.getAsLong();
    if (pauses.include(askedAt)) {
      asked.ifPresent(wanted -> pauses.lastUntil(now + wanted.toNanos()));
      return;
    }
    Duration delay = pauses.begin(asked, now);
    LOG.warn(
        "Reading {} of the channel {} failed {} times in a row: {}. The next try is in {} ms.",
        pauses == gets ? "single messages" : "the list",
        address.channelId(),
        pauses.backoff.failures(),
        reason,
        delay.toMillis());
  }
}
