package dev.birdconnect.simulator.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The rules in force. Of several rules that match, every latency adds up, the longest listing delay
 * holds, and of the other faults the first one added strikes. Safe for use by several threads.
 */
public final class Faults {
  private final List<ActiveFault> active = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private final LongSupplier nanoTime;

  /** No rules yet; rates are counted by this time in nanoseconds. */
  public Faults(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Puts a rule in force and returns the id by which it can be removed. */
  public String add(FaultRule rule) {
    String id = "fault-" + ids.incrementAndGet();
    active.add(new ActiveFault(id, rule, nanoTime));
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
    Verdict.Hiding hiding = Verdict.Hiding.NONE;
    Optional<Fault> met = Optional.empty();
    for (ActiveFault candidate : active) {
      Fault fault = candidate.rule().fault();
      if (fault instanceof Fault.Latency slow) {
        latency = candidate.strike(facts).map(slow.times()::at).map(latency::plus).orElse(latency);
      } else if (fault instanceof Fault.ListingDelay late) {
        Duration time = candidate.strike(facts).map(late.times()::at).orElse(Duration.ZERO);
        hiding = hiding.atLeast(time, time);
      } else if (fault instanceof Fault.LateArrival late) {
        Duration time = candidate.strike(facts).map(late.times()::at).orElse(Duration.ZERO);
        hiding = hiding.atLeast(Duration.ZERO, time);
      } else if (met.isEmpty() && candidate.strike(facts).isPresent()) {
        met = Optional.of(fault);
      }
    }
    return new Verdict(latency, hiding, met);
  }
}
