package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Mark;
import java.util.Optional;
import java.util.function.Function;

/**
 * What may be sent: nothing that an earlier owner has sent, nothing beyond the span, and nothing
 * that a check refuses. Not thread-safe.
 *
 * @param <R> the record
 */
final class Admission<R> {

  private final Function<Send<R>, TrackedPartition<R>> partitions;
  private final Endings<R> endings;
  private final DoubtResolution<R> doubts;
  private final PreFlight<R> preFlight;

  /**
   * @param partitions the partition of a send
   * @param endings know when the task has to stop
   * @param doubts what follows where an earlier owner has sent it, or may have
   * @param preFlight the checks before the first call
   */
  Admission(
      Function<Send<R>, TrackedPartition<R>> partitions,
      Endings<R> endings,
      DoubtResolution<R> doubts,
      PreFlight<R> preFlight) {
    this.partitions = partitions;
    this.endings = endings;
    this.doubts = doubts;
    this.preFlight = preFlight;
  }

  /** Whether nothing may be sent any more. */
  boolean isOver() {
    return endings.failed();
  }

  /** The partition of a send. */
  TrackedPartition<R> partition(Send<R> send) {
    return partitions.apply(send);
  }

  /** Whether the head of a lane is to be sent; where not, the lane is put where it belongs. */
  boolean mayStart(Lane<R> lane, TrackedPartition<R> partition, long now) {
    Send<R> send = lane.head().send();
    Optional<EarlierSends> earlier = partition.earlier().of(send.address());
    if (earlier.isEmpty()) {
      partition.earlier().hold(lane);
      return false;
    }
    Mark mark = send.mark();
    EarlierSends.Finding finding = earlier.get().of(mark);
    if (finding == EarlierSends.Finding.SENT) {
      doubts.foundAtTakeover(lane, partition, earlier.get().message(mark), now);
      return false;
    }
    if (!partition.ledger().withinSpan(send.position().offset())) {
      partition.waitForSpan(lane);
      return false;
    }
    return (finding == EarlierSends.Finding.NOT_SENT || doubts.sendsAfterTakeover(lane, now))
        && preFlight.passes(lane, now);
  }

  /** Whether a send behind the head of its lane can go together with it. */
  boolean mayFollow(Send<R> send, TrackedPartition<R> partition, long now) {
    return send.preparation().isEmpty()
        && partition.ledger().withinSpan(send.position().offset())
        && partition
            .earlier()
            .of(send.address())
            .filter(earlier -> earlier.of(send.mark()) == EarlierSends.Finding.NOT_SENT)
            .isPresent()
        && preFlight.fits(send, now);
  }
}
