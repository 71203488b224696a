package dev.birdconnect.simulator.fault;

import java.time.Duration;
import java.util.SplittableRandom;

/** A rule in force, with its draws and how often it struck. */
final class ActiveFault {
  private final String id;
  private final FaultRule rule;
  private final SplittableRandom random;
  private long struck;

  ActiveFault(String id, FaultRule rule) {
    this.id = id;
    this.rule = rule;
    this.random = new SplittableRandom(rule.seed());
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

  synchronized boolean strikes(RequestFacts facts) {
    if ((rule.count().isPresent() && struck >= rule.count().getAsInt()) || !rule.matches(facts)) {
      return false;
    }
    if (rule.probability() < 1 && random.nextDouble() >= rule.probability()) {
      return false;
    }
    struck++;
    return true;
  }

  synchronized Duration drawTime() {
    long least = rule.atLeast().toNanos();
    long most = rule.atMost().toNanos();
    return Duration.ofNanos(least == most ? least : random.nextLong(least, most + 1));
  }
}
