package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Mark;
import dev.birdconnect.sink.reconcile.Takeover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What is known of a partition that is assigned: its offsets, how much of it waits, what earlier
 * owners have sent of it, and the lanes whose head has to wait for that or is too far ahead.
 *
 * @param <R> the record
 */
final class TrackedPartition<R> {

  /** About how many bytes a remembered offset takes. */
  private static final int OFFSET_BYTES = 100;

  private final PartitionId id;
  private final long openedAt;
  private final OffsetLedger ledger = new OffsetLedger();
  private final PriorityQueue<Lane<R>> beyondSpan =
      new PriorityQueue<>(Comparator.comparingLong(lane -> lane.head().send().position().offset()));
  private final Map<ChannelAddress, EarlierSends> earlier = new HashMap<>();
  private final Map<ChannelAddress, List<Lane<R>>> held = new HashMap<>();
  private Optional<Instant> provenSince = Optional.empty();
  private long load;
  private int unfinished;
  private boolean retired;

  /**
   * @param id which one it is
   * @param openedAt when it was assigned, by the clock's nanoseconds
   */
  TrackedPartition(PartitionId id, long openedAt) {
    this.id = id;
    this.openedAt = openedAt;
  }

  OffsetLedger ledger() {
    return ledger;
  }

  boolean take(Intake<R> item, long now) {
    if (!ledger.track(item.position().offset(), now)) {
      return false;
    }
    load += item.weight();
    unfinished++;
    return true;
  }

  /**
   * The question what earlier owners have sent through the channel of a send; empty when it has
   * been asked before.
   *
   * @param hold how long after the assignment calls of an earlier owner may add messages
   */
  Optional<PendingTakeover<R>> question(Send<R> send, Duration hold) {
    ChannelAddress address = send.address();
    if (earlier.containsKey(address) || held.containsKey(address)) {
      return Optional.empty();
    }
    held.put(address, new ArrayList<>());
    Optional<Instant> since = provenSince.or(send::notMadeBefore);
    return Optional.of(
        new PendingTakeover<>(
            this,
            new Takeover(id, send.position().offset(), since, send.mark().label() != Mark.NO_LABEL),
            send.origin(),
            openedAt + hold.toNanos()));
  }

  /** Takes the answer for a channel and returns the lanes that waited for it. */
  List<Lane<R>> answer(ChannelAddress address, EarlierSends sends) {
    earlier.put(address, sends);
    provenSince = provenSince.or(sends::provenSince);
    List<Lane<R>> waited = held.remove(address);
    return waited == null ? List.of() : waited;
  }

  /** What earlier owners have sent through a channel; empty while that is not known. */
  Optional<EarlierSends> earlier(ChannelAddress address) {
    return Optional.ofNullable(earlier.get(address));
  }

  /** Lets a lane wait for the answer on its head's channel. */
  void hold(Lane<R> lane) {
    held.computeIfAbsent(lane.head().send().address(), absent -> new ArrayList<>()).add(lane);
  }

  /** Finishes a record and returns the lanes that may start because of it. */
  List<Lane<R>> finish(Intake<R> item) {
    if (!ledger.finish(item.position().offset())) {
      return List.of();
    }
    load -= item.weight();
    unfinished--;
    if (!earlier.isEmpty()) {
      ledger
          .oldestUnfinished()
          .ifPresent(offset -> earlier.values().forEach(sends -> sends.forgetBelow(offset)));
    }
    if (beyondSpan.isEmpty()) {
      return List.of();
    }
    List<Lane<R>> released = new ArrayList<>();
    while (!beyondSpan.isEmpty()
        && ledger.withinSpan(beyondSpan.peek().head().send().position().offset())) {
      released.add(beyondSpan.remove());
    }
    return released;
  }

  void waitForSpan(Lane<R> lane) {
    beyondSpan.add(lane);
  }

  /** The places where its lanes wait. */
  List<Collection<Lane<R>>> waiting() {
    List<Collection<Lane<R>>> places = new ArrayList<>(held.values());
    places.add(beyondSpan);
    return places;
  }

  /** How many lanes wait until it is known what earlier owners have sent. */
  int heldLanes() {
    return held.values().stream().mapToInt(List::size).sum();
  }

  /** How many lanes wait because their head is too far ahead. */
  int lanesBeyondSpan() {
    return beyondSpan.size();
  }

  /** Bytes of memory that its unfinished records and the offsets above them take, about. */
  long load() {
    return load + (long) OFFSET_BYTES * ledger.size();
  }

  /** How many of its records are unfinished. */
  int unfinished() {
    return unfinished;
  }

  /** Given up: nothing of it starts any more. */
  boolean retired() {
    return retired;
  }

  void retire() {
    retired = true;
  }
}
