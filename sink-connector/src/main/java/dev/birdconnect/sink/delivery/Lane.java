package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.position.PartitionId;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue of sends that share an order key. Only its head may be in flight; it stays the head
 * until it is decided. A lane without an order key holds one send.
 *
 * @param <R> the record
 */
final class Lane<R> {

  private final Optional<Object> key;
  private Arrival<R> head;
  private @Nullable ArrayDeque<Arrival<R>> followers;
  private int failures;
  private int attempts;
  private OptionalLong firstAttemptAt = OptionalLong.empty();
  private long due;

  /**
   * A send in its place among all sends of the task.
   *
   * @param rank how many sends came before it
   * @param takenInAt when it was handed over, by the clock's nanoseconds
   */
  private record Arrival<R>(Send<R> send, long rank, long takenInAt) {}

  Lane(Send<R> first, long rank, long takenInAt) {
    this.key = first.orderKey();
    this.head = new Arrival<>(first, rank, takenInAt);
  }

  Optional<Object> key() {
    return key;
  }

  Send<R> head() {
    return head.send();
  }

  /** How many sends of the task came before the head. */
  long rank() {
    return head.rank();
  }

  void add(Send<R> send, long rank, long takenInAt) {
    if (followers == null) {
      followers = new ArrayDeque<>(4);
    }
    followers.addLast(new Arrival<>(send, rank, takenInAt));
  }

  /** Takes the head off; false when no send is left. */
  boolean advance() {
    failures = 0;
    attempts = 0;
    firstAttemptAt = OptionalLong.empty();
    Arrival<R> following = followers == null ? null : followers.pollFirst();
    if (following == null) {
      return false;
    }
    head = following;
    return true;
  }

  /** Takes off all but the head that belong to {@code gone}. */
  void dropFollowers(Set<PartitionId> gone) {
    if (followers != null) {
      followers.removeIf(one -> gone.contains(one.send().position().partition()));
    }
  }

  /** Notes that an attempt of the head starts. */
  void attempted(long nanos) {
    attempts++;
    if (firstAttemptAt.isEmpty()) {
      firstAttemptAt = OptionalLong.of(nanos);
    }
  }

  /** When the first attempt of the head started, by the clock's nanoseconds. */
  long firstAttemptAt() {
    return firstAttemptAt.orElseThrow();
  }

  /** When the head was handed over, by the clock's nanoseconds. */
  long takenInAt() {
    return head.takenInAt();
  }

  /** How many attempts of the head have started. */
  int attempts() {
    return attempts;
  }

  /** How the head ends now. */
  Trial<R> trial(long now) {
    return new Trial<>(head(), attempts, firstAttemptAt, now);
  }

  /** Counts an attempt of the head that has failed; returns how many have. */
  int failedOnce() {
    failures++;
    return failures;
  }

  /** When the head may start again, by the clock's nanoseconds. */
  long due() {
    return due;
  }

  void dueAt(long nanos) {
    due = nanos;
  }
}
