package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.sink.reconcile.Mark;
import dev.birdconnect.sink.reconcile.SentMessage;
import dev.birdconnect.sink.reconcile.ServerNow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sends that left for one channel in batches and whose messages are to be seen in its list, and
 * the sweeps that look for them. Not thread-safe.
 *
 * @param <R> the record
 */
final class ChannelResults<R> {

  /** For equal times, and clocks of the API's servers that differ a little. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final ChannelAddress address;
  private final SweepPace pace;
  private final Map<Mark, Awaited<R>> open = new LinkedHashMap<>();
  private final ArrayDeque<Awaited<R>> due = new ArrayDeque<>();
  private final Set<Sweep<R>> underWay = new HashSet<>();
  private final TreeMap<Long, Instant> heads = new TreeMap<>();
  private final TreeMap<Long, Long> begins = new TreeMap<>();
  private long sweeps;
  private int waiting;

  ChannelResults(ChannelAddress address, SweepPace pace) {
    this.address = address;
    this.pace = pace;
  }

  ChannelAddress address() {
    return address;
  }

  /** Notes that an attempt leaves in a batch. */
  void departed(Attempt<R> attempt, long now) {
    open.put(attempt.mark(), new Awaited<>(attempt, now));
  }

  /**
   * Notes that the API took the batch of an attempt in.
   *
   * @return its message, where the list has shown it already; nobody waits for it then
   */
  @Nullable SentMessage taken(Attempt<R> attempt, long now) {
    Awaited<R> awaited = open.get(attempt.mark());
    if (awaited == null || awaited.sighting() != null) {
      return ended(attempt);
    }
    awaited.takenAt(now);
    waiting++;
    due.addLast(awaited);
    return null;
  }

  /**
   * Notes that nobody waits for an attempt any more.
   *
   * @return its message, where the list has shown it
   */
  @Nullable SentMessage ended(Attempt<R> attempt) {
    Awaited<R> awaited = open.remove(attempt.mark());
    if (awaited == null) {
      return null;
    }
    over(awaited);
    return awaited.sighting();
  }

  /**
   * Takes a message that the list shows.
   *
   * @return the send that waited for it, which does so no more
   */
  @Nullable Awaited<R> saw(Mark mark, SentMessage message) {
    Awaited<R> awaited = open.get(mark);
    if (awaited == null) {
      return null;
    }
    if (awaited.takenAt().isEmpty()) {
      awaited.sighted(message);
      return null;
    }
    open.remove(mark);
    over(awaited);
    return awaited;
  }

  private void over(Awaited<R> awaited) {
    awaited.end();
    waiting -= awaited.takenAt().isPresent() ? 1 : 0;
  }

  /** How many sends that were taken in wait to be seen. */
  int waiting() {
    return waiting;
  }

  /** When the next sweep may begin; empty for never. */
  OptionalLong nextSweep(long now) {
    while (!due.isEmpty() && due.peek().over()) {
      due.remove();
    }
    return due.isEmpty() ? OptionalLong.empty() : pace.next(underWay.size(), now);
  }

  /** Begins a sweep, which has to be {@link #swept}. */
  Sweep<R> sweep(int maxPages, Sweep.Watcher watcher, long now) {
    List<Awaited<R>> sought = new ArrayList<>();
    due.stream().filter(awaited -> !awaited.over()).forEach(sought::add);
    due.clear();
    long number = sweeps++;
    begins.put(number, now);
    Sweep<R> sweep =
        new Sweep<>(this, number, now, sought, pace.begin(open.size(), now), maxPages, watcher);
    underWay.add(sweep);
    return sweep;
  }

  /**
   * Notes that a sweep is over.
   *
   * @return what it answers for and has not seen; nobody waits for it here any more
   */
  List<Awaited<R>> swept(Sweep<R> sweep) {
    underWay.remove(sweep);
    long number = sweep.number();
    Map.Entry<Long, Long> before = begins.lowerEntry(number);
    if (!sweep.reached()) {
      heads.remove(number);
    } else if (before != null) {
      pace.swept(sweep.news(), sweep.begunAt() - before.getValue());
    }
    forget(underWay.stream().mapToLong(Sweep::number).min().orElse(sweeps));
    List<Awaited<R>> missed = sweep.sought().stream().filter(one -> !one.over()).toList();
    missed.forEach(one -> ended(one.attempt()));
    return missed;
  }

  /** Only the newest head before the oldest sweep under way counts any more. */
  private void forget(long oldest) {
    Long last = heads.lowerKey(oldest);
    if (last != null) {
      heads.headMap(last).clear();
    }
    Long lastBegin = begins.lowerKey(oldest);
    if (lastBegin != null) {
      begins.headMap(lastBegin).clear();
    }
  }

  /** Notes when the newest message was made that a sweep has met. */
  void head(long number, Instant newest) {
    heads.put(number, newest);
  }

  /** The newest message that the sweep before has met, where it has met one. */
  Optional<Instant> headBefore(long number) {
    return Optional.ofNullable(heads.lowerEntry(number)).map(Map.Entry::getValue);
  }

  /**
   * How far down a sweep has to read: to the head of the one before it, which reads the rest; and
   * never further than the oldest batch in question can have been made.
   */
  Optional<Instant> floor(long number, ServerNow now) {
    Optional<Instant> head = headBefore(number);
    if (open.isEmpty()) {
      return head;
    }
    Instant oldest = now.atLeastAt(open.values().iterator().next().departedAt()).minus(MARGIN);
    return head.filter(oldest::isBefore).or(() -> Optional.of(oldest));
  }

  /** Whether nothing is to be seen in the list. */
  boolean nothingOpen() {
    return open.isEmpty();
  }

  /** Whether nothing is to be done here. */
  boolean idle() {
    return open.isEmpty() && underWay.isEmpty();
  }

  /** The sends that are to be seen in the list. */
  Collection<Awaited<R>> open() {
    return open.values();
  }
}
