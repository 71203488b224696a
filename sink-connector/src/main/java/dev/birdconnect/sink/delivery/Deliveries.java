package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.Mark;
import dev.birdconnect.sink.reconcile.SentMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of all sends of a task and the rules by which they start and end. It does nothing by
 * itself: it is told what happened and what time it is, and asked what may start. Not thread-safe.
 *
 * <p>A lane that has sends is in exactly one place: ready, backing off, held until its partition is
 * taken over, beyond the span of its head's partition, in flight, or in doubt. Of the lanes that
 * are ready the one whose head came first starts first, so that what is finished above an
 * unfinished offset stays little.
 *
 * @param <R> the record
 */
final class Deliveries<R> {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private static final String EARLIER_OWNER =
      "an earlier task may have sent it, and the list of the channel does not tell";
  private static final String LOST_ANSWER =
      "the answer of the API was lost, and the list of the channel does not tell";

  private final int maxInFlight;
  private final RetrySchedule schedule;
  private final DoubtRules doubtRules;
  private final HostGate gate;
  private final Lease lease;
  private final Map<PartitionId, TrackedPartition<R>> partitions = new HashMap<>();
  private final LaneQueues<R> lanes = new LaneQueues<>();
  private final OpenQuestions<R> questions = new OpenQuestions<>();
  private final Set<Attempt<R>> inFlight = new HashSet<>();
  private final Outcomes<R> outcomes = new Outcomes<>();
  private final boolean reportsAcceptances;
  private final DeliveryObserver<R> observer;
  private @Nullable Failure failure;

  /**
   * @param maxInFlight most sends in flight
   * @param schedule waits before repeats
   * @param doubtRules how doubts are resolved
   * @param reportsAcceptances whether a send is finished only when its acceptance is reported
   * @param observer is told what happens
   * @param now the clock's nanoseconds
   */
  Deliveries(
      int maxInFlight,
      RetrySchedule schedule,
      DoubtRules doubtRules,
      boolean reportsAcceptances,
      DeliveryObserver<R> observer,
      long now) {
    this.maxInFlight = maxInFlight;
    this.schedule = schedule;
    this.doubtRules = doubtRules;
    this.reportsAcceptances = reportsAcceptances;
    this.observer = observer;
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
      partition
          .question(send, doubtRules.hold())
          .ifPresent(question -> questions.add(send.address(), question));
      lanes.add(send, now);
    } else if (item instanceof Rejection<R> rejection) {
      outcomes.add(rejection);
    } else {
      finish(partition, item);
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

  /** What starts now. Each attempt is in flight from here on and has to be {@link #ended}. */
  List<Attempt<R>> start(long now) {
    lanes.wake(now);
    List<Attempt<R>> starts = List.of();
    while (failure == null
        && inFlight.size() < maxInFlight
        && lanes.hasReady()
        && gate.mayStart(now)
        && lease.held(now)) {
      Lane<R> lane = lanes.takeReady().orElseThrow();
      TrackedPartition<R> partition = partition(lane.head());
      if (!mayStart(lane, partition, now)) {
        continue;
      }
      lane.attempted(now);
      Attempt<R> attempt = new Attempt<>(lane, partition, gate.started());
      inFlight.add(attempt);
      if (starts.isEmpty()) {
        starts = new ArrayList<>();
      }
      starts.add(attempt);
    }
    return starts;
  }

  /** Whether the head of a lane is to be sent; where not, the lane is put where it belongs. */
  private boolean mayStart(Lane<R> lane, TrackedPartition<R> partition, long now) {
    Send<R> send = lane.head();
    Optional<EarlierSends> earlier = partition.earlier(send.address());
    if (earlier.isEmpty()) {
      partition.hold(lane);
      return false;
    }
    Mark mark = send.mark();
    EarlierSends.Finding finding = earlier.get().of(mark);
    if (finding == EarlierSends.Finding.SENT) {
      observer.foundAtTakeover();
      foundSent(lane, partition, earlier.get().message(mark), now);
      return false;
    }
    if (!partition.ledger().withinSpan(send.position().offset())) {
      partition.waitForSpan(lane);
      return false;
    }
    return finding == EarlierSends.Finding.NOT_SENT || sendsInDoubt(lane, EARLIER_OWNER, now);
  }

  /**
   * When {@link #start} and {@link #ask} should be called again although nothing happened; empty
   * for never.
   */
  OptionalLong nextStart(long now) {
    if (failure != null) {
      return OptionalLong.empty();
    }
    OptionalLong probe =
        gate.waits() && lanes.hasReady() && inFlight.size() < maxInFlight && lease.held(now)
            ? OptionalLong.of(gate.probeDue())
            : OptionalLong.empty();
    return Stream.of(lanes.nextWake(), probe, lease.heldFrom(now), questions.nextAsk())
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  /** Takes the verdict on an attempt. */
  void ended(Attempt<R> attempt, Verdict verdict, long now) {
    if (!inFlight.remove(attempt)) {
      return;
    }
    if (attempt.abandoned()) {
      gate.dropped(attempt.ticket());
      lanes.advance(attempt.lane());
      return;
    }
    if (verdict instanceof Verdict.NotProcessed notProcessed) {
      notProcessed(attempt, notProcessed, now);
      return;
    }
    gate.reached();
    if (verdict instanceof Verdict.Unknown unknown) {
      unknown(attempt, unknown.reason(), now);
      return;
    }
    if (verdict instanceof Verdict.Accepted taken) {
      accepted(
          new Acceptance<>(
              attempt.lane().trial(now),
              Acceptance.Known.ANSWER,
              Optional.of(taken.message().id()),
              Optional.of(taken.message().createdAt())),
          attempt.partition());
    } else if (verdict instanceof Verdict.Rejected rejected) {
      rejected(attempt, rejected.reason(), now);
    } else if (verdict instanceof Verdict.Denied denied) {
      fail(Failure.denied(attempt.send(), denied.reason().sentence()));
    }
    lanes.advance(attempt.lane());
  }

  /** A message was made. Without a report on it the send is finished. */
  private void accepted(Acceptance<R> acceptance, TrackedPartition<R> partition) {
    if (reportsAcceptances) {
      outcomes.add(acceptance);
    } else {
      finish(partition, acceptance.trial().send());
    }
  }

  /** The outcome is looked up before the send may be repeated; its lane waits. */
  private void unknown(Attempt<R> attempt, Reason reason, long now) {
    Lane<R> lane = attempt.lane();
    if (attempt.partition().retired()) {
      lanes.advance(lane);
      return;
    }
    LOG.debug(
        "The outcome of the send with reference {} is unknown: {}.",
        attempt.send().reference(),
        reason);
    questions.add(
        new Doubt<>(
            lane,
            attempt.send(),
            attempt.partition(),
            lane.firstAttemptAt(),
            now + doubtRules.settle().toNanos()));
  }

  /** What is asked of channels' lists now. Each inquiry has to be {@link #answered}. */
  List<Inquiry<R>> ask(long now) {
    return failure == null ? questions.ask(now) : List.of();
  }

  /** Takes the answer to an inquiry. */
  void answered(Inquiry<R> inquiry, Findings findings, long now) {
    questions.answered(inquiry);
    for (Doubt<R> doubt : inquiry.doubts()) {
      if (questions.close(doubt)) {
        answered(doubt, findings, now);
      }
    }
    for (PendingTakeover<R> takeover : inquiry.takeovers()) {
      EarlierSends earlier = findings.earlier().get(takeover.question().partition());
      if (!takeover.partition().retired() && earlier != null) {
        lanes.ready(takeover.partition().answer(inquiry.address(), earlier));
      }
    }
  }

  private void answered(Doubt<R> doubt, Findings findings, long now) {
    Mark mark = doubt.send().mark();
    SentMessage message = findings.found().get(mark);
    if (message != null) {
      observer.doubtEnded(DoubtEnd.FOUND);
      foundSent(doubt.lane(), doubt.partition(), Optional.of(message), now);
    } else if (!findings.open().contains(mark)) {
      observer.doubtEnded(DoubtEnd.SENT_AGAIN);
      lanes.ready(doubt.lane());
    } else if (sendsInDoubt(doubt.lane(), LOST_ANSWER, now)) {
      lanes.ready(doubt.lane());
    }
  }

  private void foundSent(
      Lane<R> lane, TrackedPartition<R> partition, Optional<SentMessage> message, long now) {
    accepted(
        new Acceptance<>(
            lane.trial(now),
            Acceptance.Known.LIST,
            message.map(SentMessage::id),
            message.map(SentMessage::createdAt)),
        partition);
    lanes.advance(lane);
  }

  /**
   * Applies the policy to the head of a lane, of which nobody can tell whether it was sent.
   *
   * @return whether it is to be sent; where not, the lane is put where it belongs
   */
  private boolean sendsInDoubt(Lane<R> lane, String why, long now) {
    Send<R> send = lane.head();
    return switch (doubtRules.policy()) {
      case SEND -> {
        LOG.warn(
            "The record at {} is sent although its message may have been made before ({}): {}.",
            send.position(),
            send.reference(),
            why);
        observer.doubtEnded(DoubtEnd.REMAINED_SENT);
        yield true;
      }
      case REPORT -> {
        observer.doubtEnded(DoubtEnd.REMAINED_REPORTED);
        outcomes.add(
            Rejection.of(
                lane.trial(now), Reason.of("unknown outcome: " + why), Rejection.Ground.DOUBT));
        lanes.advance(lane);
        yield false;
      }
      case FAIL -> {
        observer.doubtEnded(DoubtEnd.REMAINED_FAILED);
        fail(Failure.inDoubt(send, why));
        lanes.ready(lane);
        yield false;
      }
    };
  }

  private void rejected(Attempt<R> attempt, Reason reason, long now) {
    if (!attempt.partition().retired()) {
      outcomes.add(Rejection.of(attempt.lane().trial(now), reason, Rejection.Ground.ANSWER));
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
      lanes.advance(lane);
    } else if (waitsForHost) {
      lanes.ready(lane);
    } else {
      backOff(lane, verdict.retryAfter(), now);
    }
  }

  private void backOff(Lane<R> lane, Optional<Duration> retryAfter, long now) {
    long delay = schedule.delayNanos(lane.failedOnce());
    long asked = retryAfter.map(Duration::toNanos).orElse(0L);
    lane.dueAt(now + Math.max(delay, asked));
    lanes.backOff(lane);
  }

  /** Notes that the reports on a record are complete. */
  void reported(Intake<R> item) {
    TrackedPartition<R> partition = partitions.get(item.position().partition());
    if (partition != null) {
      finish(partition, item);
    }
  }

  private void finish(TrackedPartition<R> partition, Intake<R> item) {
    lanes.ready(partition.finish(item));
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

  /** What is to be reported. */
  Outcomes<R> outcomes() {
    return outcomes;
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
    int held = 0;
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
        lanes.readyLanes(),
        lanes.lanesBackingOff(),
        held,
        beyondSpan,
        questions.doubts());
  }

  /** How many sends are in flight. */
  int inFlight() {
    return inFlight.size();
  }

  /** How many sends wait for their outcome to be looked up. */
  int doubts() {
    return questions.doubts();
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
    outcomes.dropRejections(gone);
    questions.waiting().forEach(lane -> lane.dropFollowers(gone));
    questions.drop().forEach(lanes::advance);
    partitions
        .values()
        .forEach(partition -> partition.waiting().forEach(place -> lanes.sift(place, gone)));
    lanes.drop(gone);
  }

  /** Ends giving partitions up. */
  void forget(Set<PartitionId> gone) {
    abandon(gone);
    outcomes.drop(gone);
    gone.forEach(partitions::remove);
  }
}
