package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.Sighting;
import java.time.Instant;
import java.util.HashMap;
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

  private final Lease lease;
  private final Map<PartitionId, TrackedPartition<R>> partitions = new HashMap<>();
  private final LaneQueues<R> lanes = new LaneQueues<>();
  private final Endings<R> endings;
  private final DoubtResolution<R> doubts;
  private final PreFlight<R> preFlight;
  private final Departures<R> departures;
  private final Results<R> results;
  private final Verdicts<R> verdicts;

  /**
   * @param maxInFlight most requests in flight
   * @param maxPreparing most of them whose preparation is under way
   * @param batchRules how sends are put into requests
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
      BatchRules batchRules,
      RetrySchedule schedule,
      DoubtRules doubtRules,
      boolean reportsAcceptances,
      DeliveryObserver<R> observer,
      Supplier<Optional<Instant>> serverTime,
      long now) {
    this.endings = new Endings<>(lanes, reportsAcceptances, batchRules.batches());
    this.doubts = new DoubtResolution<>(doubtRules, schedule, lanes, endings, observer);
    this.preFlight = new PreFlight<>(serverTime, lanes, endings);
    HostGate gate = new HostGate(schedule);
    this.departures =
        new Departures<>(
            maxInFlight,
            maxPreparing,
            batchRules,
            lanes,
            gate,
            new Admission<>(this::partition, endings, doubts, preFlight));
    this.results = new Results<>(batchRules, doubtRules.maxPages(), this::saw);
    this.verdicts =
        new Verdicts<>(schedule, gate, lanes, departures, endings, doubts, results, observer);
    this.lease = new Lease(now);
  }

  /** Begins a partition that has been assigned; one that was not given up keeps its state. */
  void open(PartitionId id, long now) {
    TrackedPartition<R> known = partitions.get(id);
    if (known == null || known.retired()) {
      partitions.put(id, new TrackedPartition<>(id, now));
    }
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

  /** Whether a record at this place was taken in before, or could have been. */
  boolean isKnown(RecordPosition position) {
    TrackedPartition<R> partition = partitions.get(position.partition());
    return partition != null && partition.ledger().knows(position.offset());
  }

  private TrackedPartition<R> partition(Intake<R> item) {
    TrackedPartition<R> partition = partitions.get(item.position().partition());
    if (partition == null) {
      throw new IllegalStateException("A record of a partition that is not assigned was queued.");
    }
    return partition;
  }

  /** What leaves now. Each is in flight from here on and has to be {@link #ended}. */
  List<Consignment<R>> start(long now) {
    lanes.wake(now);
    if (endings.failed() || !lease.held(now)) {
      return List.of();
    }
    List<Consignment<R>> starts = departures.start(now);
    starts.stream()
        .filter(consignment -> consignment.attempts().size() > 1)
        .flatMap(consignment -> consignment.attempts().stream())
        .forEach(attempt -> results.departed(attempt, now));
    return starts;
  }

  /**
   * When {@link #start} and {@link #ask} should be called again although nothing happened; empty
   * for never.
   */
  OptionalLong nextStart(long now) {
    if (endings.failed()) {
      return OptionalLong.empty();
    }
    OptionalLong departure = lease.held(now) ? departures.nextStart(now) : OptionalLong.empty();
    return Stream.of(
            lanes.nextWake(),
            departure,
            lease.heldFrom(now),
            doubts.nextAsk(),
            results.nextSweep(now))
        .filter(OptionalLong::isPresent)
        .min((a, b) -> Long.signum(a.getAsLong() - b.getAsLong()))
        .orElse(OptionalLong.empty());
  }

  /**
   * Notes that the preparation of a consignment is over.
   *
   * @return whether its request may leave; where not, it has to be {@link #unprepared}
   */
  boolean prepared(Consignment<R> consignment) {
    departures.prepared(consignment);
    Attempt<R> attempt = consignment.first();
    return !endings.failed() && !attempt.abandoned() && !attempt.partition().retired();
  }

  /** Takes the end of a consignment whose request does not leave. */
  void unprepared(Consignment<R> consignment, Prepared.NotReady end, long now) {
    verdicts.unprepared(consignment, end, now);
  }

  /** Takes the verdict on a consignment. On several sends it is no acceptance. */
  void ended(Consignment<R> consignment, Verdict verdict, long now) {
    verdicts.ended(consignment, verdict, now);
  }

  /** The API took a batch in. Whether messages were made is to be seen in the list. */
  void taken(Consignment<R> consignment, long now) {
    verdicts.taken(consignment, now);
  }

  /** The sweeps for results that begin now. Each has to be {@link #swept}. */
  List<Sweep<R>> sweep(long now) {
    return endings.failed() ? List.of() : results.sweep(now);
  }

  /** Takes messages that a channel's list shows; whatever waits for one of them is settled. */
  void saw(ChannelAddress address, List<Sighting> sightings, long now) {
    verdicts.saw(address, sightings, now);
  }

  /** Notes that a sweep is over. What it has not seen is looked up further down. */
  void swept(Sweep<R> sweep, long now) {
    verdicts.swept(sweep, now);
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
    int mostAttempts = Math.max(lanes.mostAttempts(), doubts.mostAttempts());
    for (Attempt<R> attempt : departures.attempts()) {
      mostAttempts = Math.max(mostAttempts, attempt.queued().attempts());
    }
    for (TrackedPartition<R> partition : partitions.values()) {
      held += partition.heldLanes();
      beyondSpan += partition.lanesBeyondSpan();
      OptionalLong takenInAt = partition.ledger().oldestTakenInAt();
      oldest = Math.max(oldest, takenInAt.isPresent() ? now - takenInAt.getAsLong() : 0);
    }
    return new DeliveryLoad(
        unfinished(),
        oldest,
        departures.inFlight().size(),
        departures.preparing(),
        lanes.readyLanes(),
        lanes.lanesBackingOff(),
        held,
        beyondSpan,
        doubts.doubts(),
        results.waiting() + doubts.missing(),
        mostAttempts);
  }

  /** How many sends are in flight. */
  int inFlight() {
    return departures.inFlight().size();
  }

  /** How many sends wait for their outcome to be looked up. */
  int doubts() {
    return doubts.doubts();
  }

  /** How many order keys are known. */
  int lanes() {
    return lanes.size();
  }

  /** How many channels are remembered. */
  int channels() {
    return partitions.values().stream().mapToInt(partition -> partition.earlier().channels()).sum()
        + doubts.channels();
  }

  /** Bytes of memory that the unfinished records of each partition take, about. */
  Map<PartitionId, Long> loads() {
    Map<PartitionId, Long> loads = new HashMap<>();
    partitions.forEach((id, partition) -> loads.put(id, partition.load()));
    return loads;
  }

  /** How many sends of these partitions are in flight, or were taken in and wait to be seen. */
  long inFlightOf(Set<PartitionId> ids) {
    return (long) departures.inFlightOf(ids).size() + results.waitingOf(ids).size();
  }

  /**
   * Gives up what is still in flight of these partitions, or waits to be seen: what is told about
   * it no longer counts.
   *
   * @return what is in flight without anything whose verdict counts, to be cancelled
   */
  List<Consignment<R>> abandon(Set<PartitionId> ids) {
    for (Attempt<R> waiting : results.waitingOf(ids)) {
      results.ended(waiting);
      lanes.decided(waiting.lane(), waiting.queued());
    }
    departures.inFlightOf(ids).forEach(Attempt::abandon);
    return departures.abandoned();
  }

  /** Begins to give partitions up: what waits is dropped, what is in flight may still end. */
  void retire(Set<PartitionId> gone) {
    for (PartitionId id : gone) {
      TrackedPartition<R> partition = partitions.get(id);
      if (partition != null) {
        partition.retire();
      }
    }
    departures.attempts().forEach(attempt -> attempt.lane().drop(gone));
    results.waitingOf(partitions.keySet()).forEach(attempt -> attempt.lane().drop(gone));
    departures
        .loading()
        .drop(gone)
        .forEach(attempt -> lanes.decided(attempt.lane(), attempt.queued()));
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
