package dev.birdconnect.simulator.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rules in force. Of several rules that match, every latency adds up, the longest listing delay
 * holds, and of the other faults the first one added strikes. Safe for use by several threads.
 */
public final class Faults {
  private final List<ActiveFault> active = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();

  /** Puts a rule in force and returns the id by which it can be removed. */
  public String add(FaultRule rule) {
    String id = "fault-" + ids.incrementAndGet();
    active.add(new ActiveFault(id, rule));
    return id;
  }

  /** Removes a rule; false when there is none with this id. */
  public boolean remove(String id) {
    return active.removeIf(fault -> fault.id().equals(id));
  }

  /** Removes all rules. */
  public void clear() {
    active.clear();
  }

  /** All rules, also those that have struck as often as they may. */
  public List<FaultState> list() {
    return active.stream().map(ActiveFault::state).toList();
  }

  /** What this request meets; counts and draws move on. */
  public Verdict decide(RequestFacts facts) {
    if (active.isEmpty()) {
      return Verdict.NONE;
    }
    Duration latency = Duration.ZERO;
    Duration listingDelay = Duration.ZERO;
    Optional<FaultRule> fault = Optional.empty();
    for (ActiveFault candidate : active) {
      FaultKind kind = candidate.rule().kind();
      boolean taken =
          fault.isPresent() && kind != FaultKind.LATENCY && kind != FaultKind.LISTING_DELAY;
      if (taken || !candidate.strikes(facts)) {
        continue;
      }
      switch (kind) {
        case LATENCY -> latency = latency.plus(candidate.drawTime());
        case LISTING_DELAY -> {
          Duration drawn = candidate.drawTime();
          listingDelay = drawn.compareTo(listingDelay) > 0 ? drawn : listingDelay;
        }
        default -> fault = Optional.of(candidate.rule());
      }
    }
    return new Verdict(latency, listingDelay, fault);
  }
}
