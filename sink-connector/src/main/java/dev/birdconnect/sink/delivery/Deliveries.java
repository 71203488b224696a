package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of all sends of a task and the rules by which they start and end. It does nothing by
 * itself: it is told what happened and what time it is, and asked what may start. Not thread-safe.
 *
 * <p>A lane that has sends is in exactly one place: ready, backing off, beyond the span of its
 * head's partition, or in flight. Of the lanes that are ready the one whose head came first starts
 * first: so what is finished above an unfinished offset, and would be repeated after a crash, stays
 * little.
 *
 * @param <R> the record
 */
final class Deliveries<R> {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final int maxInFlight;
  private final RetrySchedule schedule;
  private final HostGate gate;
  private final Map<PartitionId, TrackedPartition<R>> partitions = new HashMap<>();
  private final Map<Object, Lane<R>> lanes = new HashMap<>();
  private final PriorityQueue<Lane<R>> ready =
      new PriorityQueue<>(Comparator.comparingLong(Lane::rank));
  private final PriorityQueue<Lane<R>> backingOff =
      new PriorityQueue<>((a, b) -> Long.signum(a.due() - b.due()));
  private final Set<Attempt<R>> inFlight = new HashSet<>();
  private List<Rejection<R>> rejections = new ArrayList<>();
  private long arrivals;
  private @Nullable Failure failure;

  /**
   * @param maxInFlight most sends in flight
   * @param schedule waits before repeats
   */
  Deliveries(int maxInFlight, RetrySchedule schedule) {
    this.maxInFlight = maxInFlight;
    this.schedule = schedule;
    this.gate = new HostGate(schedule);
  }

  /** Begins a partition that has been assigned. */
  void open(PartitionId id) {
    partitions.put(id, new TrackedPartition<>());
  }

  /**
   * Takes a record in.
   *
   * @return false when it is known already, from an earlier delivery
   */
  boolean accept(Intake<R> item) {
    TrackedPartition<R> partition =
        partitions.computeIfAbsent(item.position().partition(), absent -> new TrackedPartition<>());
    if (!partition.take(item)) {
      return false;
    }
    if (item instanceof Send<R> send) {
      enqueue(send);
    } else if (item instanceof Rejection<R> rejection) {
      rejections.add(rejection);
    } else {
      finish(partition, item);
    }
    return true;
  }

  private void enqueue(Send<R> send) {
    Lane<R> lane = send.orderKey().map(lanes::get).orElse(null);
    long rank = arrivals++;
    if (lane != null) {
      lane.add(send, rank);
      return;
    }
    Lane<R> fresh = new Lane<>(send, rank);
    send.orderKey().ifPresent(key -> lanes.put(key, fresh));
    ready.add(fresh);
  }

  /** What starts now. Each attempt is in flight from here on and has to be {@link #ended}. */
  List<Attempt<R>> start(long now) {
    while (!backingOff.isEmpty() && now - backingOff.peek().due() >= 0) {
      ready.add(backingOff.remove());
    }
    List<Attempt<R>> starts = List.of();
    while (failure == null
        && inFlight.size() < maxInFlight
        && !ready.isEmpty()
        && gate.mayStart(now)) {
      Lane<R> lane = ready.remove();
      RecordPosition position = lane.head().position();
      TrackedPartition<R> partition = partitions.get(position.partition());
      if (partition == null) {
        throw new IllegalStateException("A send of a partition that is not assigned was queued.");
      }
      if (!partition.ledger().withinSpan(position.offset())) {
        partition.waitForSpan(lane);
        continue;
      }
      Attempt<R> attempt = new Attempt<>(lane, partition, gate.started());
      inFlight.add(attempt);
      if (starts.isEmpty()) {
        starts = new ArrayList<>();
      }
      starts.add(attempt);
    }
    return starts;
  }

  /** When {@link #start} should be asked again although nothing happened; empty for never. */
  OptionalLong nextStart() {
    if (failure != null) {
      return OptionalLong.empty();
    }
    OptionalLong next =
        backingOff.isEmpty() ? OptionalLong.empty() : OptionalLong.of(backingOff.peek().due());
    if (gate.waits() && !ready.isEmpty()) {
      long due = gate.probeDue();
      next = next.isEmpty() || due - next.getAsLong() < 0 ? OptionalLong.of(due) : next;
    }
    return next;
  }

  /** Takes the verdict on an attempt. */
  void ended(Attempt<R> attempt, Verdict verdict, long now) {
    if (!inFlight.remove(attempt)) {
      return;
    }
    if (attempt.abandoned()) {
      gate.dropped(attempt.ticket());
      advance(attempt.lane());
      return;
    }
    if (verdict instanceof Verdict.NotProcessed notProcessed) {
      notProcessed(attempt, notProcessed, now);
      return;
    }
    gate.reached();
    if (verdict instanceof Verdict.Accepted) {
      finish(attempt.partition(), attempt.send());
    } else if (verdict instanceof Verdict.Rejected rejected) {
      rejected(attempt, rejected.reason());
    } else if (verdict instanceof Verdict.Denied denied) {
      fail(Failure.denied(attempt.send(), denied.reason().sentence()));
    } else if (verdict instanceof Verdict.Unknown unknown) {
      doubt(attempt.send(), unknown.reason());
    }
    advance(attempt.lane());
  }

  /** The one place where an unknown outcome is decided on. */
  private void doubt(Send<R> send, Reason reason) {
    fail(Failure.unknown(send, reason.sentence()));
  }

  private void rejected(Attempt<R> attempt, Reason reason) {
    if (!attempt.partition().retired()) {
      Send<R> send = attempt.send();
      rejections.add(new Rejection<>(send.position(), send.record(), send.weight(), reason));
    }
  }

  private void notProcessed(Attempt<R> attempt, Verdict.NotProcessed verdict, long now) {
    Lane<R> lane = attempt.lane();
    boolean answered = verdict.reason().complaint().isPresent();
    boolean waitsForHost = false;
    if (answered) {
      gate.reached();
    } else {
      waitsForHost = gate.unreachable(attempt.ticket(), now);
    }
    if (attempt.partition().retired()) {
      advance(lane);
    } else if (waitsForHost) {
      ready.add(lane);
    } else {
      backOff(lane, verdict.retryAfter(), now);
    }
  }

  private void backOff(Lane<R> lane, Optional<Duration> retryAfter, long now) {
    long delay = schedule.delayNanos(lane.failedOnce());
    long asked = retryAfter.map(Duration::toNanos).orElse(0L);
    lane.dueAt(now + Math.max(delay, asked));
    backingOff.add(lane);
  }

  private void advance(Lane<R> lane) {
    if (lane.advance()) {
      ready.add(lane);
    } else {
      lane.key().ifPresent(lanes::remove);
    }
  }

  /** Notes that the report of a rejected record is complete. */
  void reported(Rejection<R> rejection) {
    TrackedPartition<R> partition = partitions.get(rejection.position().partition());
    if (partition != null) {
      finish(partition, rejection);
    }
  }

  private void finish(TrackedPartition<R> partition, Intake<R> item) {
    ready.addAll(partition.finish(item));
  }

  /** Stops everything: nothing starts any more. The first failure counts, later ones are logged. */
  void fail(Failure reason) {
    if (failure == null) {
      failure = reason;
    } else {
      LOG.error("{}", reason.sentence());
    }
  }

  /** Why the task has to stop, once it has to. */
  Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Takes the records that are to be reported. */
  List<Rejection<R>> takeRejections() {
    if (rejections.isEmpty()) {
      return List.of();
    }
    List<Rejection<R>> taken = rejections;
    rejections = new ArrayList<>();
    return taken;
  }

  /** The oldest unfinished offset of a partition; empty when nothing of it is unfinished. */
  OptionalLong oldestUnfinished(PartitionId id) {
    TrackedPartition<R> partition = partitions.get(id);
    return partition == null ? OptionalLong.empty() : partition.ledger().oldestUnfinished();
  }

  /** How many records are unfinished. */
  int unfinished() {
    return partitions.values().stream().mapToInt(TrackedPartition::unfinished).sum();
  }

  /** How many sends are in flight. */
  int inFlight() {
    return inFlight.size();
  }

  /** How many order keys are known. */
  int lanes() {
    return lanes.size();
  }

  /** Bytes of memory that the unfinished records of each partition take, about. */
  Map<PartitionId, Long> loads() {
    Map<PartitionId, Long> loads = new HashMap<>();
    partitions.forEach((id, partition) -> loads.put(id, partition.load()));
    return loads;
  }

  /** How many sends of these partitions are in flight. */
  long inFlightOf(Set<PartitionId> ids) {
    return attemptsOf(ids).count();
  }

  private Stream<Attempt<R>> attemptsOf(Set<PartitionId> ids) {
    return inFlight.stream()
        .filter(attempt -> ids.contains(attempt.send().position().partition()))
        .filter(attempt -> !attempt.abandoned());
  }

  /**
   * Gives up what is still in flight of these partitions: its verdicts no longer count.
   *
   * @return the attempts, to be cancelled
   */
  List<Attempt<R>> abandon(Set<PartitionId> ids) {
    List<Attempt<R>> abandoned = attemptsOf(ids).toList();
    abandoned.forEach(Attempt::abandon);
    return abandoned;
  }

  /** Begins to give partitions up: what waits is dropped, what is in flight may still end. */
  void retire(Set<PartitionId> gone) {
    for (PartitionId id : gone) {
      TrackedPartition<R> partition = partitions.get(id);
      if (partition != null) {
        partition.retire();
      }
    }
    inFlight.forEach(attempt -> attempt.lane().dropFollowers(gone));
    rejections.removeIf(rejection -> gone.contains(rejection.position().partition()));
    sift(ready, gone);
    sift(backingOff, gone);
    partitions.values().forEach(partition -> sift(partition.beyondSpan(), gone));
  }

  /** Lanes whose head goes are made ready with what is left of them. */
  private void sift(Collection<Lane<R>> place, Set<PartitionId> gone) {
    List<Lane<R>> all = List.copyOf(place);
    place.clear();
    for (Lane<R> lane : all) {
      lane.dropFollowers(gone);
      if (gone.contains(lane.head().position().partition())) {
        advance(lane);
      } else {
        place.add(lane);
      }
    }
  }

  /** Ends giving partitions up. */
  void forget(Set<PartitionId> gone) {
    abandon(gone);
    gone.forEach(partitions::remove);
  }
}
