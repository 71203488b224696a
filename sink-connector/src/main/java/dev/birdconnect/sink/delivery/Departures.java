package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.position.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which sends leave when, and together with which: takes the heads of ready lanes, lets them wait
 * for others of their channel where there are batches, and keeps what is in flight within its
 * bounds. Not thread-safe.
 *
 * @param <R> the record
 */
final class Departures<R> {

  private final int maxInFlight;
  private final int maxPreparing;
  private final BatchRules rules;
  private final LaneQueues<R> lanes;
  private final HostGate gate;
  private final Admission<R> admission;
  private final Loading<R> loading;
  private final Set<Consignment<R>> inFlight = new HashSet<>();
  private int preparing;

  /**
   * @param maxInFlight most requests in flight
   * @param maxPreparing most of them whose send is being prepared
   * @param rules how sends are put into requests
   */
  Departures(
      int maxInFlight,
      int maxPreparing,
      BatchRules rules,
      LaneQueues<R> lanes,
      HostGate gate,
      Admission<R> admission) {
    this.maxInFlight = maxInFlight;
    this.maxPreparing = maxPreparing;
    this.rules = rules;
    this.lanes = lanes;
    this.gate = gate;
    this.admission = admission;
    this.loading = new Loading<>(rules);
  }

  /** What leaves now. Each is in flight from here on and has to be {@link #ended}. */
  List<Consignment<R>> start(long now) {
    List<Consignment<R>> starts = new ArrayList<>();
    leaveDue(now, starts);
    while (!admission.isOver()
        && lanes.hasReady(mayPrepare())
        && gate.mayStart(now)
        && (hasRoom() || (loading.size() > 0 && inFlight.size() < maxInFlight))) {
      Lane<R> lane =
          (gate.waits() ? lanes.takeLeastTried(mayPrepare()) : lanes.takeReady(mayPrepare()))
              .orElseThrow();
      Queued<R> head = lane.head();
      TrackedPartition<R> partition = admission.partition(head.send());
      if (!admission.mayStart(lane, partition, now)) {
        continue;
      }
      boolean alone = !rules.batches() || head.send().preparation().isPresent();
      if (!hasRoom() && (alone || !loading.takes(head.send()))) {
        lanes.ready(lane);
        break;
      }
      Attempt<R> attempt = begin(lane, head, partition);
      if (alone) {
        starts.add(leave(List.of(attempt), now));
      } else {
        load(attempt, now, starts);
        if (rules.arrayOrder()) {
          loadFollowers(attempt, now, starts);
        }
        leaveDue(now, starts);
      }
    }
    return starts;
  }

  private boolean hasRoom() {
    return inFlight.size() + loading.size() < maxInFlight;
  }

  private Attempt<R> begin(Lane<R> lane, Queued<R> queued, TrackedPartition<R> partition) {
    lane.started(queued);
    return new Attempt<>(lane, queued, partition);
  }

  private void load(Attempt<R> attempt, long now, List<Consignment<R>> starts) {
    List<Attempt<R>> full = loading.add(attempt, now);
    if (full != null) {
      starts.add(leave(full, now));
    }
  }

  /** Sends of one lane may share a batch where its messages are made in the order of the array. */
  private void loadFollowers(Attempt<R> first, long now, List<Consignment<R>> starts) {
    for (Queued<R> follower : first.lane().followers()) {
      Send<R> send = follower.send();
      TrackedPartition<R> partition = admission.partition(send);
      boolean fits =
          send.address().equals(first.send().address())
              && send.origin() == first.send().origin()
              && loading.takes(send);
      if (!fits || !admission.mayFollow(send, partition, now)) {
        return;
      }
      load(begin(first.lane(), follower, partition), now, starts);
    }
  }

  private void leaveDue(long now, List<Consignment<R>> starts) {
    while (loading.size() > 0 && inFlight.size() < maxInFlight && gate.mayStart(now)) {
      List<Attempt<R>> due = loading.takeDue(now);
      if (due == null) {
        return;
      }
      starts.add(leave(due, now));
    }
  }

  private Consignment<R> leave(List<Attempt<R>> attempts, long now) {
    attempts.forEach(attempt -> attempt.queued().attempted(now));
    Consignment<R> consignment = new Consignment<>(attempts, gate.started(now));
    inFlight.add(consignment);
    preparing += consignment.preparing() ? 1 : 0;
    return consignment;
  }

  private boolean mayPrepare() {
    return preparing < maxPreparing;
  }

  /** When {@link #start} should be called again although nothing happened; empty for never. */
  OptionalLong nextStart(long now) {
    if (inFlight.size() >= maxInFlight) {
      return OptionalLong.empty();
    }
    if (gate.mayStart(now)) {
      return loading.nextDue();
    }
    boolean waiting = loading.size() > 0 || (lanes.hasReady(mayPrepare()) && hasRoom());
    return gate.waits() && waiting ? OptionalLong.of(gate.probeDue()) : OptionalLong.empty();
  }

  /**
   * Notes that a consignment is no longer in flight.
   *
   * @return false when it was not
   */
  boolean ended(Consignment<R> consignment) {
    return inFlight.remove(consignment);
  }

  /** Notes that the preparation of a consignment is over. */
  void prepared(Consignment<R> consignment) {
    if (consignment.preparing()) {
      consignment.prepared();
      preparing--;
    }
  }

  /** Has attempts leave again, in requests of half the size. */
  void split(List<Attempt<R>> attempts) {
    int half = (attempts.size() + 1) / 2;
    loading.returned(attempts.subList(0, half));
    if (half < attempts.size()) {
      loading.returned(attempts.subList(half, attempts.size()));
    }
  }

  /** What is in flight. */
  Collection<Consignment<R>> inFlight() {
    return inFlight;
  }

  /** The attempts in flight that belong to these partitions and are not given up. */
  List<Attempt<R>> inFlightOf(Set<PartitionId> ids) {
    return inFlight.stream()
        .flatMap(consignment -> consignment.attempts().stream())
        .filter(attempt -> ids.contains(attempt.send().position().partition()))
        .filter(attempt -> !attempt.abandoned())
        .toList();
  }

  /** What is in flight without anything whose verdict counts. */
  List<Consignment<R>> abandoned() {
    return inFlight.stream()
        .filter(consignment -> consignment.attempts().stream().allMatch(Attempt::abandoned))
        .toList();
  }

  /** How many sends are being prepared. */
  int preparing() {
    return preparing;
  }

  /** Sends that wait for others to share a request with. */
  Loading<R> loading() {
    return loading;
  }

  /** The attempts that are in flight or wait to be. */
  List<Attempt<R>> attempts() {
    List<Attempt<R>> all = loading.attempts();
    inFlight.forEach(consignment -> all.addAll(consignment.attempts()));
    return all;
  }
}
