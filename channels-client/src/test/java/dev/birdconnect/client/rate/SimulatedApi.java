package dev.birdconnect.client.rate;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * An API with a token bucket and a way to it that takes time, on a {@link ManualTimer}. The bucket
 * is not the budget's: it refuses rather than waits.
 */
final class SimulatedApi {

  private final ManualTimer timer;
  private final Random random;
  private final double perSecond;
  private final double depth;
  private final Duration oneWay;
  private final Optional<Duration> retryAfter;
  private double tokens;
  private long filledAt;
  private double refusedAtRandom;

  SimulatedApi(
      ManualTimer timer,
      long seed,
      double perSecond,
      double depth,
      Duration oneWay,
      Optional<Duration> retryAfter) {
    this.timer = timer;
    this.random = new Random(seed);
    this.perSecond = perSecond;
    this.depth = depth;
    this.oneWay = oneWay;
    this.retryAfter = retryAfter;
    this.tokens = depth;
    this.filledAt = timer.nanoTime();
  }

  private Duration onTheWay() {
    return Duration.ofNanos((long) (oneWay.toNanos() * (0.5 + random.nextDouble())));
  }

  /** A user that always has {@code atOnce} requests waiting or under way. */
  User user(RateBudget.Share share, int atOnce) {
    User user = new User(share);
    for (int i = 0; i < atOnce; i++) {
      user.request();
    }
    return user;
  }

  /** Refuses this share of requests from now on, whatever the rate: an API in trouble. */
  void refuseAtRandom(double share) {
    refusedAtRandom = share;
  }

  private boolean take() {
    if (refusedAtRandom > 0 && random.nextDouble() < refusedAtRandom) {
      return false;
    }
    long now = timer.nanoTime();
    tokens = Math.min(depth, tokens + (now - filledAt) / 1e9 * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /** Counts of one user. */
  final class User {
    private final RateBudget.Share share;
    private long letThrough;
    private long refused;

    private User(RateBudget.Share share) {
      this.share = share;
    }

    private void request() {
      var unused =
          share.acquire().thenAccept(permit -> timer.after(onTheWay(), () -> arrive(permit)));
    }

    private void arrive(Permit permit) {
      boolean taken = take();
      timer.after(
          onTheWay(),
          () -> {
            if (taken) {
              letThrough++;
              share.letThrough(permit);
            } else {
              refused++;
              share.throttled(permit, retryAfter);
            }
            request();
          });
    }

    long letThrough() {
      return letThrough;
    }

    long refused() {
      return refused;
    }

    void forget() {
      letThrough = 0;
      refused = 0;
    }
  }
}
