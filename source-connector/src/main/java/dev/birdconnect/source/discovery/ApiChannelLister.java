package dev.birdconnect.source.discovery;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Reads the list of a workspace's channels through the API, page by page. */
public final class ApiChannelLister implements ChannelLister {

  /** The largest page that the API's general rule allows; this list names no bound of its own. */
  private static final int PAGE = 100;

  private final ChannelsApi api;
  private final String workspaceId;
  private final Predicate<Channel> wanted;
  private final LongSupplier nanoTime;

  /**
   * @param api the API
   * @param workspaceId the workspace
   * @param wanted which channels to find
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public ApiChannelLister(
      ChannelsApi api, String workspaceId, Predicate<Channel> wanted, LongSupplier nanoTime) {
    this.api = api;
    this.workspaceId = workspaceId;
    this.wanted = wanted;
    this.nanoTime = nanoTime;
  }

  @Override
  public Finding read(Duration patience) throws InterruptedException {
    return read(() -> nanoTime.getAsLong() + patience.toNanos());
  }

  /**
   * Reads it once, from its begin to its end, for somebody who waits for it.
   *
   * @param patience longest time to wait for all of its pages together
   */
  public Finding readWithin(Duration patience) throws InterruptedException {
    long deadline = nanoTime.getAsLong() + patience.toNanos();
    return read(() -> deadline);
  }

  /**
   * @param deadline asked for each page, until when to wait for it
   */
  private Finding read(LongSupplier deadline) throws InterruptedException {
    Set<String> ids = new HashSet<>();
    Set<String> tokens = new HashSet<>();
    Optional<String> token = Optional.empty();
    boolean whole = true;
    do {
      ReadOutcome<ChannelPage> outcome =
          await(api.channels(workspaceId, new ListQuery(PAGE, token, false)), deadline.getAsLong());
      if (!(outcome instanceof ReadOutcome.Found<ChannelPage> found)) {
        return failed(outcome);
      }
      ChannelPage page = found.value();
      page.results().stream().filter(wanted).map(Channel::id).forEach(ids::add);
      whole &= page.unreadable().isEmpty();
      token = page.nextPageToken();
      if (token.isPresent() && !tokens.add(token.get())) {
        return new Finding.Failed("a page of the list of channels leads back to itself");
      }
    } while (token.isPresent());
    return new Finding.Channels(ids, whole);
  }

  private static Finding failed(ReadOutcome<ChannelPage> outcome) {
    if (outcome instanceof ReadOutcome.Denied<ChannelPage> denied) {
      return new Finding.Failed(denied.reason().sentence());
    } else if (outcome instanceof ReadOutcome.Missing<ChannelPage> missing) {
      return new Finding.Failed(missing.reason().sentence());
    } else if (outcome instanceof ReadOutcome.Refused<ChannelPage> refused) {
      return new Finding.Failed(refused.reason().sentence());
    } else if (outcome instanceof ReadOutcome.Unreadable<ChannelPage> wrong) {
      return new Finding.Failed(wrong.reason().sentence());
    }
    ReadOutcome.Unavailable<ChannelPage> unavailable =
        (ReadOutcome.Unavailable<ChannelPage>) outcome;
    return new Finding.Failed(unavailable.reason().sentence());
  }

  private ReadOutcome<ChannelPage> await(ApiCall<ReadOutcome<ChannelPage>> call, long deadline)
      throws InterruptedException {
    try {
      long left = Math.max(0, deadline - nanoTime.getAsLong());
      return call.outcome().toCompletableFuture().get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      call.cancel();
      return new ReadOutcome.Unavailable<>(
          Reason.of("the Channels API did not answer in time"), Optional.empty());
    } catch (ExecutionException e) {
      throw new IllegalStateException("The outcome of a call is never exceptional.", e);
    } catch (InterruptedException e) {
      call.cancel();
      throw e;
    }
  }
}
