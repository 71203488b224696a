package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.ReadOutcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which platform a channel is of. What cannot be had now is asked for a few times more; sends
 * wait for the answer, so after that, and where the key may not read the channel, there is none.
 */
final class PlatformReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PlatformReader.class);

  static final int MOST_TRIES = 8;

  private final ChannelsApi api;
  private final Timer timer;
  private final RetrySchedule schedule;
  private final BiConsumer<ChannelAddress, Optional<String>> listener;
  private final Set<ApiCall<?>> underWay = new HashSet<>();
  private boolean closed;

  /**
   * @param api the API
   * @param timer waits before repeats
   * @param schedule the pace of repeats
   * @param listener told the platform of a channel, or that nobody tells it; once for each {@link
   *     #begin}, on any thread
   */
  PlatformReader(
      ChannelsApi api,
      Timer timer,
      RetrySchedule schedule,
      BiConsumer<ChannelAddress, Optional<String>> listener) {
    this.api = api;
    this.timer = timer;
    this.schedule = schedule;
    this.listener = listener;
  }

  /** Begins to read the platform of a channel. */
  void begin(ChannelAddress address) {
    ask(address, 1);
  }

  private void ask(ChannelAddress address, int attempt) {
    ApiCall<ReadOutcome<Channel>> call;
    synchronized (this) {
      if (closed) {
        return;
      }
      call = api.channel(address);
      underWay.add(call);
    }
    var unused =
        call.outcome().whenComplete((outcome, error) -> ended(address, attempt, call, outcome));
  }

  private void ended(
      ChannelAddress address,
      int attempt,
      ApiCall<?> call,
      @Nullable ReadOutcome<Channel> outcome) {
    synchronized (this) {
      underWay.remove(call);
      if (closed) {
        return;
      }
    }
    if (outcome instanceof ReadOutcome.Found<Channel> found) {
      listener.accept(address, found.value().platformId());
    } else if (outcome instanceof ReadOutcome.Unavailable<Channel> unavailable
        && attempt < MOST_TRIES) {
      Duration delay = Duration.ofNanos(schedule.delayNanos(attempt));
      timer.after(
          unavailable.retryAfter().filter(asked -> asked.compareTo(delay) > 0).orElse(delay),
          () -> ask(address, attempt + 1));
    } else {
      LOG.info(
          "The platform of channel {} is not known, as the channel cannot be read. Whether a send"
              + " with several contacts may go through it is left to the API.",
          address.channelId());
      listener.accept(address, Optional.empty());
    }
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    Set<ApiCall<?>> cancelled;
    synchronized (this) {
      closed = true;
      cancelled = Set.copyOf(underWay);
      underWay.clear();
    }
    cancelled.forEach(ApiCall::cancel);
  }
}
