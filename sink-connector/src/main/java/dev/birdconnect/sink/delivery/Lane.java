package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.position.PartitionId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue of sends that share an order key. A send is under way from its start until it is
 * decided, which takes it off, or put back to be started again. A lane without an order key holds
 * one send.
 *
 * @param <R> the record
 */
final class Lane<R> {

  private final Optional<Object> key;
  private Queued<R> head;
  private @Nullable ArrayDeque<Queued<R>> followers;
  private int underWay;
  private OptionalLong due = OptionalLong.empty();

  Lane(Queued<R> first) {
    this.key = first.send().orderKey();
    this.head = first;
  }

  Optional<Object> key() {
    return key;
  }

  /** The send that came first of those that are not decided. */
  Queued<R> head() {
    return head;
  }

  void add(Queued<R> send) {
    if (followers == null) {
      followers = new ArrayDeque<>(4);
    }
    followers.addLast(send);
  }

  /** The sends behind the head, in their order. */
  Iterable<Queued<R>> followers() {
    return followers == null ? List.of() : followers;
  }

  /** Notes that a send of the lane is started. */
  void started(Queued<R> send) {
    send.underWay(true);
    underWay++;
  }

  /** Notes that a send is no longer under way. */
  void stopped(Queued<R> send) {
    if (send.underWay()) {
      send.underWay(false);
      underWay--;
    }
  }

  /** Whether a send of the lane is under way. */
  boolean busy() {
    return underWay > 0;
  }

  /**
   * Takes a send off.
   *
   * @return false when no send is left
   */
  boolean remove(Queued<R> send) {
    stopped(send);
    if (send != head) {
      if (followers != null) {
        followers.remove(send);
      }
      return true;
    }
    Queued<R> following = followers == null ? null : followers.pollFirst();
    if (following == null) {
      return false;
    }
    head = following;
    return true;
  }

  /**
   * Takes off what belongs to {@code gone} and is not under way.
   *
   * @return false when no send is left
   */
  boolean drop(Set<PartitionId> gone) {
    if (followers != null) {
      followers.removeIf(one -> isGone(one, gone));
    }
    return !isGone(head, gone) || remove(head);
  }

  private static boolean isGone(Queued<?> one, Set<PartitionId> gone) {
    return !one.underWay() && gone.contains(one.send().position().partition());
  }

  /** When its head may start again, by the clock's nanoseconds; empty for at once. */
  OptionalLong due() {
    return due;
  }

  /** Lets its head wait until this time, unless it waits for longer. */
  void dueAt(long nanos) {
    if (due.isEmpty() || nanos - due.getAsLong() > 0) {
      due = OptionalLong.of(nanos);
    }
  }

  void dueAtOnce() {
    due = OptionalLong.empty();
  }
}
