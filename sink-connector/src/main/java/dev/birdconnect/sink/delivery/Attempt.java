package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.ApiCall;
import org.jspecify.annotations.Nullable;

/**
 * One send in flight.
 *
 * @param <R> the record
 */
final class Attempt<R> {

  private final Lane<R> lane;
  private final Send<R> send;
  private final TrackedPartition<R> partition;
  private final HostGate.Ticket ticket;
  private final int number;
  private final long takenInAt;
  private @Nullable ApiCall<?> call;
  private boolean preparing;
  private boolean cancelled;
  private boolean abandoned;

  Attempt(Lane<R> lane, TrackedPartition<R> partition, HostGate.Ticket ticket) {
    this.lane = lane;
    this.send = lane.head();
    this.partition = partition;
    this.ticket = ticket;
    this.number = lane.attempts();
    this.takenInAt = lane.takenInAt();
    this.preparing = send.preparation().isPresent();
  }

  Lane<R> lane() {
    return lane;
  }

  Send<R> send() {
    return send;
  }

  TrackedPartition<R> partition() {
    return partition;
  }

  HostGate.Ticket ticket() {
    return ticket;
  }

  /** Its number among the attempts of its send, from 1. */
  int number() {
    return number;
  }

  /** When the record was handed over, by the clock's nanoseconds. */
  long takenInAt() {
    return takenInAt;
  }

  /** Whether its verdict no longer counts; part of the state that delivery's lock guards. */
  boolean abandoned() {
    return abandoned;
  }

  void abandon() {
    abandoned = true;
  }

  /** Whether its send is being prepared; part of the state that delivery's lock guards. */
  boolean preparing() {
    return preparing;
  }

  void prepared() {
    preparing = false;
  }

  /** Gives the call that makes the attempt now, once it is under way. */
  synchronized void madeBy(ApiCall<?> started) {
    call = started;
    if (cancelled) {
      started.cancel();
    }
  }

  /** Breaks the call off, also one that is only about to start. */
  synchronized void cancel() {
    cancelled = true;
    if (call != null) {
      call.cancel();
    }
  }
}
