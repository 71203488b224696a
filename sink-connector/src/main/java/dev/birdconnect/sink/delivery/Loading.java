package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.sink.position.PartitionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends that wait for others to share a request with, by channel. A load leaves when it is full or
 * its first send has waited for the linger time. Not thread-safe.
 *
 * @param <R> the record
 */
final class Loading<R> {

  private final BatchRules rules;
  private final Map<Destination, Load<R>> open = new LinkedHashMap<>();
  private final Deque<List<Attempt<R>>> returned = new ArrayDeque<>();

  private record Destination(ChannelAddress address, AddressOrigin origin) {
    static Destination of(Send<?> send) {
      return new Destination(send.address(), send.origin());
    }
  }

  private static final class Load<R> {
    private final List<Attempt<R>> attempts = new ArrayList<>();
    private final long openedAt;
    private int bytes;

    Load(long openedAt) {
      this.openedAt = openedAt;
    }

    boolean fits(Send<?> send) {
      return bytes + send.request().bytesAbout() + BatchRequest.overhead(attempts.size() + 1)
          <= BatchRequest.MOST_BYTES;
    }
  }

  Loading(BatchRules rules) {
    this.rules = rules;
  }

  /** How many requests its sends will take. */
  int size() {
    return open.size() + returned.size();
  }

  /** Whether a send can share a request with others that wait. */
  boolean takes(Send<R> send) {
    return takes(open.get(Destination.of(send)), send);
  }

  private boolean takes(@Nullable Load<R> load, Send<R> send) {
    return load != null && load.attempts.size() < rules.maxSends() && load.fits(send);
  }

  /**
   * Adds an attempt, whose send the open load of its channel {@linkplain #takes takes}, or begins a
   * load with it.
   *
   * @return a load that has to leave before, as the send did not fit
   */
  @Nullable List<Attempt<R>> add(Attempt<R> attempt, long now) {
    Destination destination = Destination.of(attempt.send());
    Load<R> load = open.get(destination);
    List<Attempt<R>> left = null;
    if (load == null || !takes(load, attempt.send())) {
      left = load == null ? null : load.attempts;
      open.remove(destination);
      load = new Load<>(now);
      open.put(destination, load);
    }
    load.attempts.add(attempt);
    load.bytes += attempt.send().request().bytesAbout();
    return left;
  }

  /** Puts attempts back that are to leave in one request, at the next occasion. */
  void returned(List<Attempt<R>> attempts) {
    returned.addLast(List.copyOf(attempts));
  }

  /** Takes a load that is to leave now; null when there is none. */
  @Nullable List<Attempt<R>> takeDue(long now) {
    if (!returned.isEmpty()) {
      return returned.removeFirst();
    }
    for (Iterator<Load<R>> loads = open.values().iterator(); loads.hasNext(); ) {
      Load<R> load = loads.next();
      if (load.attempts.size() >= rules.maxSends() || now - dueOf(load) >= 0) {
        loads.remove();
        return load.attempts;
      }
    }
    return null;
  }

  private long dueOf(Load<R> load) {
    return load.openedAt + rules.linger().toNanos();
  }

  /** When {@link #takeDue} has something; empty for never. */
  OptionalLong nextDue() {
    return open.values().stream().mapToLong(this::dueOf).min();
  }

  /** The attempts that wait. */
  List<Attempt<R>> attempts() {
    List<Attempt<R>> all = new ArrayList<>();
    open.values().forEach(load -> all.addAll(load.attempts));
    returned.forEach(all::addAll);
    return all;
  }

  /** Takes the attempts off that belong to partitions that are given up. */
  List<Attempt<R>> drop(Set<PartitionId> gone) {
    List<Attempt<R>> dropped = attempts().stream().filter(attempt -> isOf(attempt, gone)).toList();
    if (!dropped.isEmpty()) {
      open.values().forEach(load -> load.attempts.removeIf(attempt -> isOf(attempt, gone)));
      open.values().removeIf(load -> load.attempts.isEmpty());
      List<List<Attempt<R>>> kept =
          returned.stream()
              .map(load -> load.stream().filter(attempt -> !isOf(attempt, gone)).toList())
              .filter(load -> !load.isEmpty())
              .toList();
      returned.clear();
      returned.addAll(kept);
    }
    return dropped;
  }

  private static boolean isOf(Attempt<?> attempt, Set<PartitionId> gone) {
    return gone.contains(attempt.send().position().partition());
  }
}
