package dev.birdconnect.client.rate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for one workspace and method, shared by everything that has {@link #join joined}
 * it. The burst is a twentieth of a second's worth: the API's own bucket is not known (assumption
 * 10), so a steady flow is safest. Waiting users are served in turn, one permit each. After a 429
 * the rate falls to seven tenths, at once and once for all requests already under way, and creeps
 * back by two hundredths of the full rate per second.
 */
public final class RateBudget {

  private static final double BURST_SECONDS = 0.05;
  private static final double DECREASE = 0.7;
  private static final double INCREASE_PER_SECOND = 0.02;
  private static final double LOWEST_SHARE = 0.01;
  private static final double NANOS = 1e9;

  private final Timer timer;
  private final Set<Share> shares = new LinkedHashSet<>();
  private final Deque<Share> turns = new ArrayDeque<>();
  private double rate;
  private double tokens;
  private long refilledAt;
  private long decreasedAt;
  private long closedUntil;
  private boolean wakeUpPlanned;

  RateBudget(Timer timer) {
    this.timer = timer;
    this.refilledAt = timer.nanoTime();
    this.decreasedAt = refilledAt - 1;
    this.closedUntil = refilledAt;
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
      rate = first ? fullRate() : Math.min(rate, fullRate());
      if (first) {
        tokens = burst();
      }
    }
    return share;
  }

  /** Permits per second that are given out at present. */
  public synchronized double currentRate() {
    refill();
    return rate;
  }

  private void throttled(Permit permit, Optional<Duration> retryAfter) {
    synchronized (this) {
      refill();
      long now = timer.nanoTime();
      retryAfter.ifPresent(wait -> closedUntil = Math.max(closedUntil, now + wait.toNanos()));
      if (permit.grantedAtNanos() > decreasedAt) {
        decreasedAt = now;
        rate = Math.max(rate * DECREASE, fullRate() * LOWEST_SHARE);
        tokens = Math.min(tokens, 0);
      }
    }
  }

  private void serve() {
    List<CompletableFuture<Permit>> granted = new ArrayList<>();
    long now;
    synchronized (this) {
      refill();
      now = timer.nanoTime();
      while (!turns.isEmpty() && tokens >= 1 && now - closedUntil >= 0) {
        Share share = turns.removeFirst();
        CompletableFuture<Permit> waiting = share.next();
        if (waiting != null) {
          tokens -= 1;
          granted.add(waiting);
          turns.addLast(share);
        } else {
          share.queued = false;
        }
      }
      if (!turns.isEmpty()) {
        planWakeUp(now);
      }
    }
    Permit permit = new Permit(now);
    for (CompletableFuture<Permit> future : granted) {
      if (!future.complete(permit)) {
        giveBack();
      }
    }
  }

  private synchronized void giveBack() {
    tokens = Math.min(tokens + 1, burst());
  }

  private void planWakeUp(long now) {
    if (wakeUpPlanned) {
      return;
    }
    wakeUpPlanned = true;
    double untilToken = Math.max(0, 1 - tokens) / rate * NANOS;
    long wait = Math.max((long) Math.ceil(untilToken), closedUntil - now);
    timer.after(
        Duration.ofNanos(Math.max(wait, 1)),
        () -> {
          synchronized (this) {
            wakeUpPlanned = false;
          }
          serve();
        });
  }

  private void refill() {
    long now = timer.nanoTime();
    double seconds = (now - refilledAt) / NANOS;
    if (seconds <= 0 || shares.isEmpty()) {
      refilledAt = now;
      return;
    }
    rate = Math.min(fullRate(), rate + seconds * INCREASE_PER_SECOND * fullRate());
    tokens = Math.min(burst(), tokens + seconds * rate);
    refilledAt = now;
  }

  private double fullRate() {
    return shares.stream().mapToDouble(share -> share.permitsPerSecond).min().orElse(1);
  }

  private double burst() {
    return Math.max(1, fullRate() * BURST_SECONDS);
  }

  /** One user's part in the budget. */
  public final class Share implements AutoCloseable {

    private final double permitsPerSecond;
    private final Runnable onClose;
    private final Deque<CompletableFuture<Permit>> waiting = new ArrayDeque<>();
    private boolean queued;

    private Share(double permitsPerSecond, Runnable onClose) {
      this.permitsPerSecond = permitsPerSecond;
      this.onClose = onClose;
    }

    /**
     * Asks for a permit. It comes when this user's turn and a token have come; cancel the future to
     * step back. After {@link #close} no permit comes any more.
     */
    public CompletableFuture<Permit> acquire() {
      CompletableFuture<Permit> future = new CompletableFuture<>();
      synchronized (RateBudget.this) {
        if (!shares.contains(this)) {
          future.cancel(false);
          return future;
        }
        waiting.addLast(future);
        if (!queued) {
          queued = true;
          turns.addLast(this);
        }
      }
      serve();
      return future;
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

    /** The longest-waiting request that nobody has stepped back from, or null. */
    private @Nullable CompletableFuture<Permit> next() {
      CompletableFuture<Permit> next = waiting.pollFirst();
      while (next != null && next.isDone()) {
        next = waiting.pollFirst();
      }
      return next;
    }

    /** The budget this is a share of. */
    public RateBudget budget() {
      return RateBudget.this;
    }

    @Override
    public void close() {
      List<CompletableFuture<Permit>> left;
      synchronized (RateBudget.this) {
        if (!shares.remove(this)) {
          return;
        }
        turns.remove(this);
        left = List.copyOf(waiting);
        waiting.clear();
      }
      left.forEach(future -> future.cancel(false));
      onClose.run();
    }
  }
}
