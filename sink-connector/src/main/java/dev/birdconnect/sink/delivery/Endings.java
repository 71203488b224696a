package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.reconcile.SentMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How sends end: accepted, rejected, or with a failure that stops the task. Knows what has to be
 * reported before a record is finished. Not thread-safe.
 *
 * @param <R> the record
 */
final class Endings<R> {

  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

  private final LaneQueues<R> lanes;
  private final boolean reportsAcceptances;
  private final boolean rejectsLater;
  private final Outcomes<R> outcomes = new Outcomes<>();
  private @Nullable Failure failure;

  /**
   * @param lanes the lanes, which go on when their head has ended
   * @param reportsAcceptances whether a send is finished only when its acceptance is reported
   * @param rejectsLater whether a send counts as rejected whose message is listed as rejected: with
   *     batches the API checks sends after it has taken them in
   */
  Endings(LaneQueues<R> lanes, boolean reportsAcceptances, boolean rejectsLater) {
    this.lanes = lanes;
    this.rejectsLater = rejectsLater;
    this.reportsAcceptances = reportsAcceptances;
  }

  /** The message of a lane's send was made. Without a report on it the send is finished. */
  void accepted(
      Lane<R> lane, TrackedPartition<R> partition, Queued<R> queued, Acceptance<R> acceptance) {
    if (reportsAcceptances) {
      outcomes.add(acceptance);
    } else {
      finish(partition, queued.send());
    }
    lanes.decided(lane, queued);
  }

  /** The channel's list shows the message of a lane's send. */
  void listed(
      Lane<R> lane,
      TrackedPartition<R> partition,
      Queued<R> queued,
      SentMessage message,
      long now) {
    if (rejectsLater && message.rejection().isPresent()) {
      rejected(lane, queued, message.rejection().get(), Rejection.Ground.LIST, now);
    } else {
      accepted(
          lane,
          partition,
          queued,
          new Acceptance<>(
              queued.trial(now), Acceptance.Known.LIST, message.id(), message.createdAt()));
    }
  }

  /** A lane's send can never go, or nobody can tell whether it went. */
  void rejected(Lane<R> lane, Queued<R> queued, Reason reason, Rejection.Ground ground, long now) {
    outcomes.add(Rejection.of(queued.trial(now), reason, ground));
    lanes.decided(lane, queued);
  }

  /** Nothing is left to do for a record. */
  void finish(TrackedPartition<R> partition, Intake<R> item) {
    lanes.ready(partition.finish(item));
  }

  /** Stops everything: nothing starts any more. The first failure counts, later ones are logged. */
  void fail(Failure reason) {
    if (failure == null) {
      failure = reason;
    } else {
      LOG.error("{}", reason.sentence());
    }
  }

  /** Why the task has to stop, once it has to. */
  Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether the task has to stop. */
  boolean failed() {
    return failure != null;
  }

  /** What is to be reported. */
  Outcomes<R> outcomes() {
    return outcomes;
  }
}
