package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.fault.TokenBucket;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The request rates of every workspace, one bucket for reads and one for writes. */
final class RateLimits {
  private record Key(UUID workspace, String method) {}

  private final Optional<Integer> postPerSecond;
  private final Optional<Integer> getPerSecond;
  private final LongSupplier nanoTime;
  private final Map<Key, TokenBucket> buckets = new ConcurrentHashMap<>();

  RateLimits(
      Optional<Integer> postPerSecond, Optional<Integer> getPerSecond, LongSupplier nanoTime) {
    this.postPerSecond = postPerSecond;
    this.getPerSecond = getPerSecond;
    this.nanoTime = nanoTime;
  }

  /** Whether this request is within the rate; if so it counts. */
  boolean allow(UUID workspace, String method) {
    Optional<Integer> rate = method.equals("POST") ? postPerSecond : getPerSecond;
    return rate.map(
            perSecond ->
                buckets
                    .computeIfAbsent(
                        new Key(workspace, method),
                        key -> new TokenBucket(perSecond, perSecond, nanoTime))
                    .take())
        .orElse(true);
  }
}
