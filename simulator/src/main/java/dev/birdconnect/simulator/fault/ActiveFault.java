package dev.birdconnect.simulator.fault;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** A rule in force, with its draws and how often it struck. */
final class ActiveFault {
  private final String id;
  private final FaultRule rule;
  private final Draws draws;
  private final Optional<TokenBucket> bucket;
  private long struck;

  ActiveFault(String id, FaultRule rule, LongSupplier nanoTime) {
    this.id = id;
    this.rule = rule;
    this.draws = new Draws(rule.seed());
    this.bucket =
        rule.fault() instanceof Fault.RateLimit limit
            ? Optional.of(new TokenBucket(limit.perSecond(), limit.burst(), nanoTime))
            : Optional.empty();
  }

  String id() {
    return id;
  }

  FaultRule rule() {
    return rule;
  }

  synchronized FaultState state() {
    return new FaultState(id, rule, struck);
  }

  /** Present when this request meets the fault: the draw for times. */
  synchronized Optional<Double> strike(RequestFacts facts) {
    if ((rule.count().isPresent() && struck >= rule.count().getAsInt())
        || !rule.matching().covers(facts)) {
      return Optional.empty();
    }
    double draw = 0;
    if (rule.probability() < 1 || drawsTimes()) {
      SplittableRandom random = draws.next(facts);
      if (random.nextDouble() >= rule.probability()) {
        return Optional.empty();
      }
      draw = random.nextDouble();
    }
    if (bucket.map(TokenBucket::take).orElse(false)) {
      return Optional.empty();
    }
    struck++;
    return Optional.of(draw);
  }

  private boolean drawsTimes() {
    return rule.fault() instanceof Fault.Latency
        || rule.fault() instanceof Fault.ListingDelay
        || rule.fault() instanceof Fault.LateArrival;
  }
}
