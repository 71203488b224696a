package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.position.PartitionId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a task and the two places where they wait for nothing but their turn or the time:
 * ready and backing off. Of the lanes that are ready the one whose head came first is next; those
 * whose head has to be prepared can be passed over.
 *
 * @param <R> the record
 */
final class LaneQueues<R> {

  private final Map<Object, Lane<R>> lanes = new HashMap<>();
  private final ReadyLanes<R> ready = new ReadyLanes<>();
  private final ReadyLanes<R> readyForPreparation = new ReadyLanes<>();
  private final PriorityQueue<Lane<R>> backingOff =
      new PriorityQueue<>((a, b) -> Long.signum(a.due().orElseThrow() - b.due().orElseThrow()));
  private long arrivals;

  /** Puts a send behind the others of its order key. */
  void add(Send<R> send, long now) {
    Lane<R> lane = send.orderKey().map(lanes::get).orElse(null);
    Queued<R> queued = new Queued<>(send, arrivals++, now);
    if (lane != null) {
      lane.add(queued);
      return;
    }
    Lane<R> fresh = new Lane<>(queued);
    send.orderKey().ifPresent(key -> lanes.put(key, fresh));
    ready(fresh);
  }

  /** Makes a lane ready whose head is to be started. */
  void ready(Lane<R> lane) {
    (lane.head().send().preparation().isPresent() ? readyForPreparation : ready).add(lane);
  }

  void ready(Collection<Lane<R>> all) {
    all.forEach(this::ready);
  }

  /** Takes a send off that is decided; its lane goes on when nothing of it is under way. */
  void decided(Lane<R> lane, Queued<R> send) {
    if (!lane.remove(send)) {
      lane.key().ifPresent(lanes::remove);
    } else if (!lane.busy()) {
      place(lane);
    }
  }

  /** Puts a send back that is to be started again, in its place. */
  void again(Lane<R> lane, Queued<R> send) {
    lane.stopped(send);
    if (!lane.busy()) {
      place(lane);
    }
  }

  /** As {@link #again}, but not before its time. */
  void again(Lane<R> lane, Queued<R> send, long due) {
    lane.dueAt(due);
    again(lane, send);
  }

  private void place(Lane<R> lane) {
    if (lane.due().isPresent()) {
      backingOff.add(lane);
    } else {
      ready(lane);
    }
  }

  /** Makes those ready whose time has come. */
  void wake(long now) {
    while (!backingOff.isEmpty() && now - backingOff.peek().due().orElseThrow() >= 0) {
      Lane<R> lane = backingOff.remove();
      lane.dueAtOnce();
      ready(lane);
    }
  }

  /** When {@link #wake} has something to do; empty for never. */
  OptionalLong nextWake() {
    return backingOff.isEmpty() ? OptionalLong.empty() : backingOff.peek().due();
  }

  /**
   * Whether a lane is ready.
   *
   * @param mayPrepare whether those count whose head has to be prepared
   */
  boolean hasReady(boolean mayPrepare) {
    return !ready.isEmpty() || (mayPrepare && !readyForPreparation.isEmpty());
  }

  /**
   * Takes the ready lane whose head came first.
   *
   * @param mayPrepare whether those count whose head has to be prepared
   */
  Optional<Lane<R>> takeReady(boolean mayPrepare) {
    return take(ready.first(), mayPrepare ? readyForPreparation.first() : null, ReadyLanes.rank());
  }

  /**
   * Takes the ready lane whose head was tried least; of several, the one whose head came first. So
   * what tries whether the API is back is not always the same send, which may be what it fails on.
   *
   * @param mayPrepare whether those count whose head has to be prepared
   */
  Optional<Lane<R>> takeLeastTried(boolean mayPrepare) {
    return take(
        ready.leastTried(),
        mayPrepare ? readyForPreparation.leastTried() : null,
        ReadyLanes.tries());
  }

  private Optional<Lane<R>> take(
      @Nullable Lane<R> plain, @Nullable Lane<R> prepared, Comparator<Lane<R>> order) {
    if (prepared != null && (plain == null || order.compare(prepared, plain) < 0)) {
      readyForPreparation.remove(prepared);
      return Optional.of(prepared);
    }
    if (plain != null) {
      ready.remove(plain);
    }
    return Optional.ofNullable(plain);
  }

  /** How many lanes are ready. */
  int readyLanes() {
    return ready.size() + readyForPreparation.size();
  }

  /** How many lanes back off. */
  int lanesBackingOff() {
    return backingOff.size();
  }

  /** Attempts of that head among the lanes that wait here that was tried most often. */
  int mostAttempts() {
    return places()
        .flatMap(Collection::stream)
        .mapToInt(lane -> lane.head().attempts())
        .max()
        .orElse(0);
  }

  /** How many order keys are known. */
  int size() {
    return lanes.size();
  }

  /** Drops the sends of partitions that are given up from the lanes that wait here. */
  void drop(Set<PartitionId> gone) {
    places().toList().forEach(place -> sift(place, gone));
  }

  private Stream<Collection<Lane<R>>> places() {
    return Stream.concat(
        Stream.concat(ready.places().stream(), readyForPreparation.places().stream()),
        Stream.of(backingOff));
  }

  /** Drops the sends of partitions that are given up; lanes that lose their head go on. */
  void sift(Collection<Lane<R>> place, Set<PartitionId> gone) {
    List<Lane<R>> all = List.copyOf(place);
    place.clear();
    for (Lane<R> lane : all) {
      Queued<R> head = lane.head();
      if (!lane.drop(gone)) {
        lane.key().ifPresent(lanes::remove);
      } else if (lane.head() == head) {
        place.add(lane);
      } else {
        lane.dueAtOnce();
        ready(lane);
      }
    }
  }
}
