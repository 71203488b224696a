package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.ApiCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What leaves in one request: one send, or several to the same channel. A send that has to be
 * prepared leaves alone.
 *
 * @param <R> the record
 */
final class Consignment<R> {

  private final List<Attempt<R>> attempts;
  private final HostGate.Ticket ticket;
  private @Nullable ApiCall<?> call;
  private boolean preparing;
  private boolean cancelled;
  private volatile boolean heldBack;

  /**
   * @param attempts what leaves, in the order of the request
   * @param ticket the right to start it
   */
  Consignment(List<Attempt<R>> attempts, HostGate.Ticket ticket) {
    this.attempts = List.copyOf(attempts);
    this.ticket = ticket;
    this.preparing = first().send().preparation().isPresent();
  }

  List<Attempt<R>> attempts() {
    return attempts;
  }

  Attempt<R> first() {
    return attempts.get(0);
  }

  HostGate.Ticket ticket() {
    return ticket;
  }

  /** Whether its send is being prepared; part of the state that delivery's lock guards. */
  boolean preparing() {
    return preparing;
  }

  void prepared() {
    preparing = false;
  }

  /** Notes that its request may no longer leave; on any thread. */
  void holdBack() {
    heldBack = true;
  }

  /** Whether its request was not allowed to leave when it could. */
  boolean heldBack() {
    return heldBack;
  }

  /** Gives the call that makes it now, once it is under way. */
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
