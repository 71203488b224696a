package dev.birdconnect.source.workspace;

import dev.birdconnect.client.LookupApi;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.source.reading.Backoff;
import dev.birdconnect.source.reading.ChannelReader;
import dev.birdconnect.source.reading.QuietChannels;
import dev.birdconnect.source.reading.ReadSettings;
import dev.birdconnect.source.reading.ReadingObserver;
import dev.birdconnect.source.reading.ServerClock;
import dev.birdconnect.source.workspace.WorkspaceList.NoAnswer;
import dev.birdconnect.source.workspace.WorkspaceList.OrderFound;
import dev.birdconnect.source.workspace.WorkspaceList.Page;
import dev.birdconnect.source.workspace.WorkspaceList.Result;
import dev.birdconnect.source.workspace.WorkspaceList.Useless;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the list of all channels of a workspace (assumption 4) each poll interval, down to where
 * its last reading began less the overlap, and tells which channels of a task have nothing new. It
 * is used where many channels are quiet, and only as long as it spares reads and shows what the
 * channels' own lists show. Driven from the task's thread; it never waits.
 */
public final class WorkspaceWatch implements QuietChannels {

  private static final Logger LOG = LoggerFactory.getLogger(WorkspaceWatch.class);
  private static final int LEAST_PAGES = 2;
  private static final int MOST_PAGES = 10;

  /** Longer than a channel rests, so that what its sweep finds then can be compared. */
  private static final Duration FURTHEST_BACK = Duration.ofMinutes(2);

  private final WorkspaceList list;
  private final ReadSettings settings;
  private final Map<String, ChannelReader> readers = new HashMap<>();
  private final WorkspaceUse use;
  private final LongSupplier nanoTime;
  private final ServerClock serverClock;
  private final Backoff backoff;
  private final Coverage coverage;
  private final Witnesses witnesses = new Witnesses();
  private final Benefit benefit = new Benefit();
  private Optional<HeadReading> reading = Optional.empty();
  private long dueAt;

  /**
   * @param api the API
   * @param readers the readers of the task, of one workspace
   * @param settings how they read
   * @param use when the list is used
   * @param observer told of every read
   * @param nanoTime a clock that only goes forward, in nanoseconds
   * @param random numbers from 0 to 1, for delays
   * @param wake run from any thread when {@link #advance} has something to do
   */
  public WorkspaceWatch(
      LookupApi api,
      List<ChannelReader> readers,
      ReadSettings settings,
      WorkspaceUse use,
      ReadingObserver observer,
      LongSupplier nanoTime,
      DoubleSupplier random,
      Runnable wake) {
    this.serverClock = new ServerClock(nanoTime);
    String workspaceId = readers.get(0).address().workspaceId();
    this.list =
        new WorkspaceList(
            api, workspaceId, settings.pageSize(), serverClock, observer, nanoTime, wake);
    this.settings = settings;
    this.coverage = new Coverage(settings.overlap());
    this.use = use;
    this.nanoTime = nanoTime;
    this.backoff = new Backoff(random);
    this.dueAt = nanoTime.getAsLong();
    for (ChannelReader reader : readers) {
      this.readers.put(reader.address().channelId(), reader);
      reader.restBy(this);
    }
  }

  /** When {@link #advance} is worth a call even if nothing wakes the caller, in nanoseconds. */
  public long dueAt() {
    return list.isAsked() ? nanoTime.getAsLong() + settings.pollInterval().toNanos() : dueAt;
  }

  /** Takes the answer that has come and starts the read that is due. */
  public void advance() {
    list.take().ifPresent(this::take);
    if (!list.isAsked() && nanoTime.getAsLong() - dueAt >= 0) {
      begin();
    }
  }

  private void begin() {
    long now = nanoTime.getAsLong();
    dueAt = now + settings.pollInterval().toNanos();
    int resting = (int) readers.values().stream().filter(ChannelReader::mayRest).count();
    if (resting < use.leastChannels()) {
      coverage.readingFails();
      endAllRests();
      return;
    }
    Instant serverTime = serverClock.now();
    List<Witness> toShow =
        witnesses.take(
            serverTime.minus(settings.overlap()).minus(FURTHEST_BACK),
            serverTime.minus(settings.overlap()));
    int most = Math.max(LEAST_PAGES, Math.min(resting / 2, MOST_PAGES));
    reading = Optional.of(new HeadReading(coverage.bound(now), toShow, most));
    list.ask(Optional.empty());
  }

  private void take(Result result) {
    if (result instanceof Page page) {
      backoff.success();
      benefit.pageIsRead();
      takePage(page);
    } else if (result instanceof OrderFound) {
      begin();
    } else if (result instanceof NoAnswer failed) {
      reading = Optional.empty();
      coverage.readingFails();
      endAllRests();
      dueAt = nanoTime.getAsLong() + backoff.afterFailure(failed.retryAfter()).toNanos();
    } else if (result instanceof Useless useless) {
      leave(use.longPause(), useless.why());
    }
  }

  private void takePage(Page page) {
    HeadReading now = reading.orElseThrow();
    if (!now.accept(page)) {
      leave(use.longPause(), "its messages are not in the order of their creation");
      return;
    }
    tellNews(page.page().results());
    if (now.isThrough()) {
      end(now);
    } else {
      list.ask(now.pageToken());
    }
  }

  private void tellNews(List<Message> results) {
    for (Message message : results) {
      ChannelReader reader = readers.get(message.channelId());
      if (reader != null && reader.isNews(message)) {
        coverage.showsNews(message.channelId(), nanoTime.getAsLong());
        endRest(reader);
      }
    }
  }

  private void endRest(ChannelReader reader) {
    if (reader.endRest()) {
      benefit.sweepIsMadeAfterAll();
    }
  }

  /** Nothing is known any more of what has come since the last reading. */
  private void endAllRests() {
    readers.values().forEach(this::endRest);
  }

  private void end(HeadReading through) {
    reading = Optional.empty();
    Optional<Witness> missing = through.notShown();
    if (missing.isPresent()) {
      leave(
          use.longPause(),
          "it does not show the message "
              + missing.get().messageId()
              + ", which the list of the channel "
              + missing.get().channelId()
              + " shows");
      return;
    }
    coverage.readingEnds(through);
    if (!through.covers()) {
      endAllRests();
    }
    if (benefit.isTooLittle()) {
      leave(use.pause(), "its pages are more than the sweeps they spare");
    }
  }

  private void leave(Duration pause, String why) {
    reading = Optional.empty();
    coverage.clear();
    endAllRests();
    list.forget();
    witnesses.clear();
    benefit.begin();
    dueAt = nanoTime.getAsLong() + pause.toNanos();
    LOG.info(
        "The list of all channels of the workspace {} is left for {} minutes: {}. The channels' own"
            + " lists show all that is new meanwhile.",
        list.workspaceId(),
        pause.toMinutes(),
        why);
  }

  @Override
  public Optional<Instant> nothingNewUpTo(String channelId, long since) {
    return coverage.nothingNewUpTo(channelId, since);
  }

  @Override
  public void sweepIsLeftOut() {
    benefit.sweepIsLeftOut();
  }

  @Override
  public void isShown(String channelId, Message newest) {
    witnesses.add(new Witness(channelId, newest.id(), newest.createdAt()));
  }
}
