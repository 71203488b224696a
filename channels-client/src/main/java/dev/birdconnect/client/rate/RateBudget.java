package dev.birdconnect.client.rate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one workspace and method, paced at the rate that {@link AdaptiveRate} finds and
 * shared by everything that has {@link #join joined}. Waiting users are served in turn, one permit
 * each, so that none gets more by asking for more.
 *
 * <p>Permits are given out one after another rather than in bursts: an idle budget keeps at most a
 * twentieth of a second's worth, although the API may allow a burst of a whole second. What a late
 * timer has missed while users waited is made good, up to a second's worth, as the API's limit is
 * one of requests per second; what of it nobody takes is gone a second later. Nothing is saved up
 * while the API has asked for silence. A budget that is {@link Strictness#ANY_SECOND strict} gives
 * out no more than the set rate in any second, whatever it makes good.
 *
 * <p>Requests that are content with what is left over come after all others, but for one permit in
 * {@value #ONE_IN}, so that they get on whatever the others want.
 */
public final class RateBudget {

  private static final double IDLE_BURST_SECONDS = 0.05;
  private static final double LATE_BURST_SECONDS = 1.0;
  private static final int ONE_IN = 20;
  private static final long SHORTEST_WAIT_NANOS = 500_000L;
  private static final double NANOS = 1e9;

  /** What the set rate bounds. */
  enum Strictness {
    /** The permits on average; after a late timer a second may see twice as many. */
    AVERAGE,
    /** The permits of any second. */
    ANY_SECOND
  }

  private final Timer timer;
  private final Strictness strictness;
  private final LastSecond lastSecond = new LastSecond();
  private final Set<Share> shares = new LinkedHashSet<>();
  private final Deque<Line> turns = new ArrayDeque<>();
  private final Deque<Line> leftOvers = new ArrayDeque<>();
  private AdaptiveRate rate;
  private double tokens;
  private long refilledAt;
  private long silentUntil;
  private long waitedAt;
  private boolean wakeUpPlanned;
  private int sinceLeftOver;

  RateBudget(Timer timer, Strictness strictness) {
    this.timer = timer;
    this.strictness = strictness;
    this.refilledAt = timer.nanoTime();
    this.silentUntil = refilledAt;
    this.waitedAt = refilledAt;
    this.rate = new AdaptiveRate(1, refilledAt);
  }

  /**
   * Takes part in the budget.
   *
   * @param permitsPerSecond the rate this user was told to keep to; the lowest of all users counts
   * @param onClose run once when the share is closed
   */
  Share join(double permitsPerSecond, Runnable onClose) {
    Share share = new Share(permitsPerSecond, onClose);
    synchronized (this) {
      refill();
      boolean first = shares.isEmpty();
      shares.add(share);
      if (first) {
        rate = new AdaptiveRate(permitsPerSecond, refilledAt);
        tokens = worth(IDLE_BURST_SECONDS);
      } else {
        rate.limitTo(fullRate());
      }
    }
    return share;
  }

  /** Permits per second that are given out at present. */
  public synchronized double currentRate() {
    return rate.perSecond();
  }

  private synchronized void letThrough(Permit permit) {
    refill();
    rate.letThrough(permit.grantedAtNanos(), refilledAt);
  }

  private synchronized void throttled(Permit permit, Optional<Duration> retryAfter) {
    refill();
    retryAfter.ifPresent(
        wait -> {
          long until = refilledAt + wait.toNanos();
          if (until - silentUntil > 0) {
            silentUntil = until;
          }
          tokens = Math.min(tokens, 0);
        });
    if (rate.refused(permit.grantedAtNanos(), refilledAt)) {
      tokens = Math.min(tokens, 0);
    }
  }

  private void serve() {
    List<CompletableFuture<Permit>> granted = new ArrayList<>();
    Permit permit;
    synchronized (this) {
      refill();
      permit = new Permit(refilledAt);
      while (isWanted() && tokens >= 1 && refilledAt - silentUntil >= 0 && untilRoom() == 0) {
        Deque<Line> lines = nextLines();
        Line line = lines.removeFirst();
        CompletableFuture<Permit> waiting = line.next();
        if (waiting != null) {
          tokens -= 1;
          lastSecond.granted(refilledAt);
          sinceLeftOver = lines == leftOvers ? 0 : Math.min(ONE_IN, sinceLeftOver + 1);
          granted.add(waiting);
          lines.addLast(line);
        } else {
          line.queued = false;
        }
      }
      if (isWanted()) {
        planWakeUp();
      }
    }
    for (CompletableFuture<Permit> future : granted) {
      if (!future.complete(permit)) {
        giveBack();
      }
    }
  }

  private boolean isWanted() {
    return !turns.isEmpty() || !leftOvers.isEmpty();
  }

  private Deque<Line> nextLines() {
    boolean isTurn = sinceLeftOver >= ONE_IN - 1 && !leftOvers.isEmpty();
    return turns.isEmpty() || isTurn ? leftOvers : turns;
  }

  private synchronized void giveBack() {
    tokens += 1;
    lastSecond.givenBack();
  }

  private long untilRoom() {
    long most = strictness == Strictness.ANY_SECOND ? (long) fullRate() : Long.MAX_VALUE;
    return lastSecond.untilRoom(Math.max(1, most), refilledAt);
  }

  private void planWakeUp() {
    if (wakeUpPlanned) {
      return;
    }
    wakeUpPlanned = true;
    long untilToken = (long) Math.ceil(Math.max(0, 1 - tokens) / rate.perSecond() * NANOS);
    long wait = Math.max(Math.max(0, silentUntil - refilledAt) + untilToken, untilRoom());
    timer.after(
        Duration.ofNanos(Math.max(wait, SHORTEST_WAIT_NANOS)),
        () -> {
          synchronized (this) {
            wakeUpPlanned = false;
          }
          serve();
        });
  }

  private void refill() {
    long now = timer.nanoTime();
    long from = silentUntil - refilledAt > 0 ? silentUntil : refilledAt;
    double seconds = (now - from) / NANOS;
    refilledAt = now;
    if (isWanted()) {
      waitedAt = now;
    }
    if (seconds > 0 && !shares.isEmpty()) {
      double most = worth(isWanted() ? LATE_BURST_SECONDS : IDLE_BURST_SECONDS);
      double left = now - waitedAt < LATE_BURST_SECONDS * NANOS ? tokens : 0;
      tokens = Math.max(left, Math.min(most, tokens + seconds * rate.perSecond()));
    }
  }

  private double worth(double seconds) {
    return Math.max(1, rate.perSecond() * seconds);
  }

  private double fullRate() {
    return shares.stream().mapToDouble(share -> share.permitsPerSecond).min().orElse(1);
  }

  /** The requests of one user that wait, the longest-waiting first. */
  private static final class Line {

    private final Map<Long, CompletableFuture<Permit>> waiting = new LinkedHashMap<>();
    private long asked;
    private boolean queued;

    /** The longest-waiting request, or null. */
    private @Nullable CompletableFuture<Permit> next() {
      Iterator<CompletableFuture<Permit>> oldest = waiting.values().iterator();
      while (oldest.hasNext()) {
        CompletableFuture<Permit> next = oldest.next();
        oldest.remove();
        if (!next.isDone()) {
          return next;
        }
      }
      return null;
    }
  }

  /** One user's part in the budget. */
  public final class Share implements AutoCloseable {

    private final double permitsPerSecond;
    private final Runnable onClose;
    private final Line usual = new Line();
    private final Line content = new Line();

    private Share(double permitsPerSecond, Runnable onClose) {
      this.permitsPerSecond = permitsPerSecond;
      this.onClose = onClose;
    }

    /**
     * Asks for a permit. It comes when this user's turn and a token have come; cancel the future to
     * step back. After {@link #close} no permit comes any more.
     */
    public CompletableFuture<Permit> acquire() {
      return acquire(usual, turns);
    }

    /** Asks for a permit that all others leave over; otherwise as {@link #acquire}. */
    public CompletableFuture<Permit> acquireLeftOver() {
      return acquire(content, leftOvers);
    }

    private CompletableFuture<Permit> acquire(Line line, Deque<Line> lines) {
      CompletableFuture<Permit> future = new CompletableFuture<>();
      long number;
      synchronized (RateBudget.this) {
        if (!shares.contains(this)) {
          future.cancel(false);
          return future;
        }
        refill();
        number = line.asked++;
        line.waiting.put(number, future);
        if (!line.queued) {
          line.queued = true;
          lines.addLast(line);
        }
      }
      serve();
      if (!future.isDone()) {
        var unused = future.whenComplete((permit, steppedBack) -> forget(line, number));
      }
      return future;
    }

    private void forget(Line line, long number) {
      synchronized (RateBudget.this) {
        line.waiting.remove(number);
      }
    }

    /**
     * Tells that a request was answered, and not with 429: there is room.
     *
     * @param permit the permit it was made with
     */
    public void letThrough(Permit permit) {
      RateBudget.this.letThrough(permit);
    }

    /**
     * Tells that a request was answered 429.
     *
     * @param permit the permit it was made with
     * @param retryAfter how long the API asks to wait, where it asks
     */
    public void throttled(Permit permit, Optional<Duration> retryAfter) {
      RateBudget.this.throttled(permit, retryAfter);
    }

    /** Requests of this user that wait for a permit. */
    int waiting() {
      synchronized (RateBudget.this) {
        return usual.waiting.size() + content.waiting.size();
      }
    }

    /** The budget this is a share of. */
    public RateBudget budget() {
      return RateBudget.this;
    }

    @Override
    public void close() {
      List<CompletableFuture<Permit>> left;
      synchronized (RateBudget.this) {
        refill();
        if (!shares.remove(this)) {
          return;
        }
        turns.remove(usual);
        leftOvers.remove(content);
        left = new ArrayList<>(usual.waiting.values());
        left.addAll(content.waiting.values());
        usual.waiting.clear();
        content.waiting.clear();
        if (!shares.isEmpty()) {
          rate.limitTo(fullRate());
        }
      }
      left.forEach(future -> future.cancel(false));
      onClose.run();
    }
  }
}
