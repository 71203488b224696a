package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.reconcile.Reading;
import dev.birdconnect.sink.reconcile.SeenPage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls of one {@link Reading}, one after another. A page that cannot be had now is asked
 * for again, without limit, at the pace of the retry schedule.
 */
final class ListingReader {

  private static final Logger LOG = LoggerFactory.getLogger(ListingReader.class);

  /** How a listing ends. */
  sealed interface Result {}

  /** It was made. */
  record Made() implements Result {}

  /** The channel is not there. */
  record NoChannel() implements Result {}

  /** The API does not give the list. */
  record NotAllowed(Reason reason) implements Result {}

  /** An error of our own. */
  record Broken(Throwable cause) implements Result {}

  /** Takes the result; called once. */
  interface Listener {
    void ended(Result result);
  }

  private final ChannelsApi api;
  private final Timer timer;
  private final RetrySchedule schedule;
  private final ChannelAddress address;
  private final Reading reading;
  private final Listener listener;
  private int failures;
  private @Nullable ApiCall<?> call;
  private @Nullable ListQuery next;
  private boolean asking;
  private boolean cancelled;
  private boolean unreadableTold;

  ListingReader(
      ChannelsApi api,
      Timer timer,
      RetrySchedule schedule,
      ChannelAddress address,
      Reading reading,
      Listener listener) {
    this.api = api;
    this.timer = timer;
    this.schedule = schedule.watching();
    this.address = address;
    this.reading = reading;
    this.listener = listener;
  }

  /** Begins to read. */
  void start() {
    follow(reading.begin());
  }

  /** Breaks off what is under way; no result comes any more. */
  synchronized void cancel() {
    cancelled = true;
    if (call != null) {
      call.cancel();
    }
  }

  private void follow(Optional<ListQuery> next) {
    if (next.isPresent()) {
      ask(next.get());
    } else {
      listener.ended(new Made());
    }
  }

  /** A call that ends at once leads to the next one, which is made after it, not within it. */
  private void ask(ListQuery query) {
    synchronized (this) {
      next = query;
      if (asking) {
        return;
      }
      asking = true;
    }
    try {
      Optional<ListQuery> asked = takeNext();
      while (asked.isPresent()) {
        call(asked.get());
        asked = takeNext();
      }
    } catch (RuntimeException e) {
      listener.ended(new Broken(e));
    }
  }

  private synchronized Optional<ListQuery> takeNext() {
    Optional<ListQuery> taken = cancelled ? Optional.empty() : Optional.ofNullable(next);
    next = null;
    asking = taken.isPresent();
    return taken;
  }

  private void call(ListQuery query) {
    ApiCall<ReadOutcome<MessagePage>> made = api.outlines(address, query);
    synchronized (this) {
      call = made;
      if (cancelled) {
        made.cancel();
      }
    }
    var unused = made.outcome().whenComplete((outcome, error) -> ended(query, outcome, error));
  }

  private void ended(
      ListQuery query, @Nullable ReadOutcome<MessagePage> outcome, @Nullable Throwable error) {
    synchronized (this) {
      if (cancelled) {
        return;
      }
    }
    try {
      if (outcome == null) {
        listener.ended(new Broken(error == null ? new IllegalStateException() : error));
      } else {
        take(query, outcome);
      }
    } catch (RuntimeException e) {
      listener.ended(new Broken(e));
    }
  }

  private void take(ListQuery query, ReadOutcome<MessagePage> outcome) {
    if (outcome instanceof ReadOutcome.Found<MessagePage> found) {
      failures = 0;
      tellUnreadable(found.value().unreadable());
      SeenPage page = SeenPage.of(found.value());
      follow(reading.read(query, page, found.serverTime(), timer.nanoTime()));
    } else if (outcome instanceof ReadOutcome.Unavailable<MessagePage> unavailable) {
      again(query, unavailable.reason(), unavailable.retryAfter());
    } else if (outcome instanceof ReadOutcome.Unreadable<MessagePage> unreadable) {
      again(query, unreadable.reason(), Optional.empty());
    } else if (outcome instanceof ReadOutcome.Missing<MessagePage>) {
      listener.ended(new NoChannel());
    } else if (outcome instanceof ReadOutcome.Denied<MessagePage> denied) {
      listener.ended(new NotAllowed(denied.reason()));
    } else if (outcome instanceof ReadOutcome.Refused<MessagePage> refused) {
      if (query.pageToken().isPresent()) {
        follow(reading.begin());
      } else {
        listener.ended(new NotAllowed(refused.reason()));
      }
    }
  }

  private void tellUnreadable(List<UnreadableEntry> entries) {
    if (entries.isEmpty() || unreadableTold) {
      return;
    }
    unreadableTold = true;
    UnreadableEntry first = entries.get(0);
    LOG.warn(
        "The list of channel {} shows messages that cannot be read, the first with id {}: {}. A send"
            + " that may be one of them and is not found otherwise is in doubt.",
        address.channelId(),
        first.id().orElse("unknown"),
        first.problem());
  }

  private void again(ListQuery query, Reason reason, Optional<Duration> retryAfter) {
    failures++;
    if (failures == 1) {
      LOG.warn(
          "The list of channel {} cannot be read now: {}. It is tried again until it can; the sends"
              + " that depend on it wait.",
          address.channelId(),
          reason);
    }
    Duration delay = Duration.ofNanos(schedule.delayNanos(failures));
    timer.after(
        retryAfter.filter(asked -> asked.compareTo(delay) > 0).orElse(delay), () -> ask(query));
  }
}
