package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of all sends of a task and the rules by which they start and end. It does nothing by
 * itself: it is told what happened and what time it is, and asked what may start. Not thread-safe.
 *
 * <p>A lane that has sends is in exactly one place: ready, backing off, held until its partition is
 * taken over, beyond the span of its head's partition, waiting for its channel's platform, in
 * flight, or in doubt. Of the lanes that are ready the one whose head came first starts first, so
 * that what is finished above an unfinished offset stays little.
 *
 * @param <R> the record
 */
final class Deliveries<R> {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final int maxInFlight;
  private final int maxPreparing;
  private final RetrySchedule schedule;
  private final HostGate gate;
  private final Lease lease;
  private final Map<PartitionId, TrackedPartition<R>> partitions = new HashMap<>();
  private final LaneQueues<R> lanes = new LaneQueues<>();
  private final Set<Consignment<R>> inFlight = new HashSet<>();
  private final Endings<R> endings;
  private final DoubtResolution<R> doubts;
  private final PreFlight<R> preFlight;
  private int preparing;

  /**
   * @param maxInFlight most sends in flight
   * @param maxPreparing most of them whose preparation is under way
   * @param schedule waits before repeats
   * @param doubtRules how doubts are resolved
   * @param reportsAcceptances whether a send is finished only when its acceptance is reported
   * @param observer is told what happens
   * @param serverTime the server's clock, where it is known
   * @param now the clock's nanoseconds
   */
  Deliveries(
      int maxInFlight,
      int maxPreparing,
      RetrySchedule schedule,
      DoubtRules doubtRules,
      boolean reportsAcceptances,
      DeliveryObserver<R> observer,
      Supplier<Optional<Instant>> serverTime,
      long now) {
    this.maxInFlight = maxInFlight;
    this.maxPreparing = maxPreparing;
    this.schedule = schedule;
    this.endings = new Endings<>(lanes, reportsAcceptances);
    this.doubts = new DoubtResolution<>(doubtRules, lanes, endings, observer);
    this.preFlight = new PreFlight<>(serverTime, lanes, endings);
    this.gate = new HostGate(schedule);
    this.lease = new Lease(now);
  }

  /** Begins a partition that has been assigned. */
  void open(PartitionId id, long now) {
    partitions.put(id, new TrackedPartition<>(id, now));
  }

  /** Notes that the task's thread is seen, which is what sends need to start. */
  void seen(long now) {
    if (lease.seen(now)) {
      LOG.warn(
          "The task was not called for more than {} s. It sends nothing for the next {} s, until the"
              + " consumer knows whether its partitions are still its own.",
          Lease.LENGTH.toSeconds(),
          Lease.LENGTH.toSeconds());
    }
  }

  /** Whether a send that has started may still leave; can be asked on any thread. */
  boolean mayLeave(long now) {
    return lease.held(now);
  }

  /**
   * Takes a record in.
   *
   * @return false when it is known already, from an earlier delivery
   */
  boolean accept(Intake<R> item, long now) {
    TrackedPartition<R> partition = partition(item);
    if (!partition.take(item, now)) {
      return false;
    }
    if (item instanceof Send<R> send) {
      doubts.takenIn(send, partition);
      lanes.add(send, now);
    } else if (item instanceof Rejection<R> rejection) {
      endings.outcomes().add(rejection);
    } else {
      endings.finish(partition, item);
    }
    return true;
  }

  private TrackedPartition<R> partition(Intake<R> item) {
    TrackedPartition<R> partition = partitions.get(item.position().partition());
    if (partition == null) {
      throw new IllegalStateException("A record of a partition that is not assigned was queued.");
    }
    return partition;
  }

  /** What starts now. Each is in flight from here on and has to be {@link #ended}. */
  List<Consignment<R>> start(long now) {
    lanes.wake(now);
    List<Consignment<R>> starts = List.of();
    while (!endings.failed()
        && inFlight.size() < maxInFlight
        && lanes.hasReady(mayPrepare())
        && gate.mayStart(now)
        && lease.held(now)) {
      Lane<R> lane = lanes.takeReady(mayPrepare()).orElseThrow();
      Queued<R> head = lane.head();
      TrackedPartition<R> partition = partition(head.send());
      if (!mayStart(lane, partition, now)) {
        continue;
      }
      lane.started(head);
      head.attempted(now);
      Consignment<R> consignment =
          new Consignment<>(List.of(new Attempt<>(lane, head, partition)), gate.started());
      inFlight.add(consignment);
      preparing += consignment.preparing() ? 1 : 0;
      if (starts.isEmpty()) {
        starts = new ArrayList<>();
      }
      starts.add(consignment);
    }
    return starts;
  }

  private boolean mayPrepare() {
    return preparing < maxPreparing;
  }

  /** Whether the head of a lane is to be sent; where not, the lane is put where it belongs. */
  private boolean mayStart(Lane<R> lane, TrackedPartition<R> partition, long now) {
    Send<R> send = lane.head().send();
    Optional<EarlierSends> earlier = partition.earlier(send.address());
    if (earlier.isEmpty()) {
      partition.hold(lane);
      return false;
    }
    Mark mark = send.mark();
    EarlierSends.Finding finding = earlier.get().of(mark);
    if (finding == EarlierSends.Finding.SENT) {
      doubts.foundAtTakeover(lane, partition, earlier.get().message(mark), now);
      return false;
    }
    if (!partition.ledger().withinSpan(send.position().offset())) {
      partition.waitForSpan(lane);
      return false;
    }
    return (finding == EarlierSends.Finding.NOT_SENT || doubts.sendsAfterTakeover(lane, now))
        && preFlight.passes(lane, now);
  }

  /**
   * When {@link #start} and {@link #ask} should be called again although nothing happened; empty
   * for never.
   */
  OptionalLong nextStart(long now) {
    if (endings.failed()) {
      return OptionalLong.empty();
    }
    OptionalLong probe =
        gate.waits()
                && lanes.hasReady(mayPrepare())
                && inFlight.size() < maxInFlight
                && lease.held(now)
            ? OptionalLong.of(gate.probeDue())
            : OptionalLong.empty();
    return Stream.of(lanes.nextWake(), probe, lease.heldFrom(now), doubts.nextAsk())
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  /**
   * Notes that the preparation of a consignment is over.
   *
   * @return whether its request may leave; where not, it has to be {@link #unprepared}
   */
  boolean prepared(Consignment<R> consignment) {
    endPreparing(consignment);
    Attempt<R> attempt = consignment.first();
    return !endings.failed() && !attempt.abandoned() && !attempt.partition().retired();
  }

  private void endPreparing(Consignment<R> consignment) {
    if (consignment.preparing()) {
      consignment.prepared();
      preparing--;
    }
  }

  /** Takes the end of a consignment whose request does not leave. */
  void unprepared(Consignment<R> consignment, Prepared.NotReady end, long now) {
    endPreparing(consignment);
    if (end.place() == Prepared.Place.API) {
      ended(consignment, end.verdict(), now);
      return;
    }
    gate.dropped(consignment.ticket());
    if (!inFlight.remove(consignment)) {
      return;
    }
    Attempt<R> attempt = consignment.first();
    if (attempt.abandoned() || attempt.partition().retired()) {
      lanes.decided(attempt.lane(), attempt.queued());
    } else if (end.verdict() instanceof Verdict.NotProcessed notProcessed) {
      backOff(attempt, notProcessed.retryAfter(), now);
    } else {
      decided(attempt, end.verdict(), Rejection.Ground.CHECK, now);
    }
  }

  /** Takes the verdict on a consignment of one send. */
  void ended(Consignment<R> consignment, Verdict verdict, long now) {
    if (!inFlight.remove(consignment)) {
      return;
    }
    Attempt<R> attempt = consignment.first();
    if (attempt.abandoned()) {
      gate.dropped(consignment.ticket());
      lanes.decided(attempt.lane(), attempt.queued());
    } else if (verdict instanceof Verdict.NotProcessed notProcessed) {
      notProcessed(consignment, notProcessed, now);
    } else {
      gate.reached();
      decided(attempt, verdict, Rejection.Ground.ANSWER, now);
    }
  }

  private void decided(Attempt<R> attempt, Verdict verdict, Rejection.Ground ground, long now) {
    Lane<R> lane = attempt.lane();
    Queued<R> queued = attempt.queued();
    if (verdict instanceof Verdict.Accepted taken) {
      endings.accepted(
          lane,
          attempt.partition(),
          queued,
          new Acceptance<>(
              queued.trial(now),
              Acceptance.Known.ANSWER,
              Optional.of(taken.message().id()),
              Optional.of(taken.message().createdAt())));
    } else if (verdict instanceof Verdict.Denied denied) {
      endings.fail(Failure.denied(attempt.send(), denied.reason().sentence()));
      lanes.decided(lane, queued);
    } else if (attempt.partition().retired()) {
      lanes.decided(lane, queued);
    } else if (verdict instanceof Verdict.Unknown unknown) {
      doubts.unknown(attempt, unknown.reason(), now);
    } else if (verdict instanceof Verdict.Rejected rejected) {
      endings.rejected(lane, queued, rejected.reason(), ground, now);
    }
  }

  /** What is asked of channels' lists now. Each inquiry has to be {@link #answered}. */
  List<Inquiry<R>> ask(long now) {
    return endings.failed() ? List.of() : doubts.ask(now);
  }

  /** Takes the answer to an inquiry. */
  void answered(Inquiry<R> inquiry, Findings findings, long now) {
    doubts.answered(inquiry, findings, now);
  }

  /** The checks before a send starts, which have questions of their own. */
  PreFlight<R> preFlight() {
    return preFlight;
  }

  private void notProcessed(Consignment<R> consignment, Verdict.NotProcessed verdict, long now) {
    Attempt<R> attempt = consignment.first();
    boolean answered = verdict.reason().complaint().isPresent();
    boolean waitsForHost = false;
    if (answered) {
      gate.reached();
    } else {
      waitsForHost = gate.unreachable(consignment.ticket(), now);
    }
    if (attempt.partition().retired()) {
      lanes.decided(attempt.lane(), attempt.queued());
    } else if (waitsForHost) {
      lanes.again(attempt.lane(), attempt.queued());
    } else {
      backOff(attempt, verdict.retryAfter(), now);
    }
  }

  private void backOff(Attempt<R> attempt, Optional<Duration> retryAfter, long now) {
    long delay = schedule.delayNanos(attempt.queued().failedOnce());
    long asked = retryAfter.map(Duration::toNanos).orElse(0L);
    lanes.again(attempt.lane(), attempt.queued(), now + Math.max(delay, asked));
  }

  /** Notes that the reports on a record are complete. */
  void reported(Intake<R> item) {
    TrackedPartition<R> partition = partitions.get(item.position().partition());
    if (partition != null) {
      endings.finish(partition, item);
    }
  }

  /** Stops everything: nothing starts any more. The first failure counts, later ones are logged. */
  void fail(Failure reason) {
    endings.fail(reason);
  }

  /** Why the task has to stop, once it has to. */
  Optional<Failure> failure() {
    return endings.failure();
  }

  /** What is to be reported. */
  Outcomes<R> outcomes() {
    return endings.outcomes();
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

  /** What is in hand now. */
  DeliveryLoad load(long now) {
    int held = preFlight.waitingLanes();
    int beyondSpan = 0;
    long oldest = 0;
    for (TrackedPartition<R> partition : partitions.values()) {
      held += partition.heldLanes();
      beyondSpan += partition.lanesBeyondSpan();
      OptionalLong takenInAt = partition.ledger().oldestTakenInAt();
      oldest = Math.max(oldest, takenInAt.isPresent() ? now - takenInAt.getAsLong() : 0);
    }
    return new DeliveryLoad(
        unfinished(),
        oldest,
        inFlight.size(),
        preparing,
        lanes.readyLanes(),
        lanes.lanesBackingOff(),
        held,
        beyondSpan,
        doubts.doubts());
  }

  /** How many sends are in flight. */
  int inFlight() {
    return inFlight.size();
  }

  /** How many sends wait for their outcome to be looked up. */
  int doubts() {
    return doubts.doubts();
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
        .flatMap(consignment -> consignment.attempts().stream())
        .filter(attempt -> ids.contains(attempt.send().position().partition()))
        .filter(attempt -> !attempt.abandoned());
  }

  /**
   * Gives up what is still in flight of these partitions: its verdicts no longer count.
   *
   * @return what is in flight without anything whose verdict counts, to be cancelled
   */
  List<Consignment<R>> abandon(Set<PartitionId> ids) {
    attemptsOf(ids).forEach(Attempt::abandon);
    return inFlight.stream()
        .filter(consignment -> consignment.attempts().stream().allMatch(Attempt::abandoned))
        .toList();
  }

  /** Begins to give partitions up: what waits is dropped, what is in flight may still end. */
  void retire(Set<PartitionId> gone) {
    for (PartitionId id : gone) {
      TrackedPartition<R> partition = partitions.get(id);
      if (partition != null) {
        partition.retire();
      }
    }
    inFlight.stream()
        .flatMap(consignment -> consignment.attempts().stream())
        .forEach(attempt -> attempt.lane().drop(gone));
    endings.outcomes().dropRejections(gone);
    doubts.drop(gone);
    preFlight.waiting().forEach(place -> lanes.sift(place, gone));
    partitions
        .values()
        .forEach(partition -> partition.waiting().forEach(place -> lanes.sift(place, gone)));
    lanes.drop(gone);
  }

  /** Ends giving partitions up. */
  void forget(Set<PartitionId> gone) {
    abandon(gone);
    endings.outcomes().drop(gone);
    gone.forEach(partitions::remove);
  }
}
