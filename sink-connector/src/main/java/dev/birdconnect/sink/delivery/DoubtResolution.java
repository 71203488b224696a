package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.Mark;
import dev.birdconnect.sink.reconcile.SentMessage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves doubts: sends whose outcome is unknown, and records that an earlier owner of their
 * partition may have sent. It says what the channels' lists are asked, takes the answers, and
 * applies the policy to what they do not tell. Not thread-safe.
 *
 * @param <R> the record
 */
final class DoubtResolution<R> {

  private static final Logger LOG = LoggerFactory.getLogger(DoubtResolution.class);

  private static final String EARLIER_OWNER =
      "an earlier task may have sent it, and the list of the channel does not tell";
  private static final String LOST_ANSWER =
      "the answer of the API was lost, and the list of the channel does not tell";

  private final DoubtRules rules;
  private final LaneQueues<R> lanes;
  private final Endings<R> endings;
  private final DeliveryObserver<R> observer;
  private final OpenQuestions<R> questions = new OpenQuestions<>();

  /**
   * @param rules how doubts are resolved
   * @param lanes the lanes, which wait while their head is in doubt
   * @param endings how sends end
   * @param observer is told how doubts end
   */
  DoubtResolution(
      DoubtRules rules, LaneQueues<R> lanes, Endings<R> endings, DeliveryObserver<R> observer) {
    this.rules = rules;
    this.lanes = lanes;
    this.endings = endings;
    this.observer = observer;
  }

  /** Asks what earlier owners have sent through the channel of a send, unless that was asked. */
  void takenIn(Send<R> send, TrackedPartition<R> partition) {
    partition
        .question(send, rules.hold())
        .ifPresent(question -> questions.add(send.address(), question));
  }

  /** The outcome is looked up before the send may be repeated; its lane waits. */
  void unknown(Attempt<R> attempt, Reason reason, long now) {
    LOG.debug(
        "The outcome of the send with reference {} is unknown: {}.",
        attempt.send().reference(),
        reason);
    questions.add(
        new Doubt<>(
            attempt.lane(), attempt.queued(), attempt.partition(), now + rules.settle().toNanos()));
  }

  /** What is asked of channels' lists now. Each inquiry has to be {@link #answered}. */
  List<Inquiry<R>> ask(long now) {
    return questions.ask(now);
  }

  /** When {@link #ask} should be called again although nothing happened; empty for never. */
  OptionalLong nextAsk() {
    return questions.nextAsk();
  }

  /** Takes the answer to an inquiry. */
  void answered(Inquiry<R> inquiry, Findings findings, long now) {
    questions.answered(inquiry);
    for (Doubt<R> doubt : inquiry.doubts()) {
      if (questions.close(doubt)) {
        answered(doubt, findings, now);
      }
    }
    for (PendingTakeover<R> takeover : inquiry.takeovers()) {
      EarlierSends earlier = findings.earlier().get(takeover.question().partition());
      if (!takeover.partition().retired() && earlier != null) {
        lanes.ready(takeover.partition().answer(inquiry.address(), earlier));
      }
    }
  }

  private void answered(Doubt<R> doubt, Findings findings, long now) {
    Mark mark = doubt.send().mark();
    SentMessage message = findings.found().get(mark);
    if (message != null) {
      observer.doubtEnded(DoubtEnd.FOUND);
      found(doubt.lane(), doubt.queued(), doubt.partition(), Optional.of(message), now);
    } else if (!findings.open().contains(mark)) {
      observer.doubtEnded(DoubtEnd.SENT_AGAIN);
      lanes.again(doubt.lane(), doubt.queued());
    } else if (sends(doubt.lane(), doubt.queued(), LOST_ANSWER, now)) {
      lanes.again(doubt.lane(), doubt.queued());
    }
  }

  /** An earlier owner of its partition has sent the head of a lane. */
  void foundAtTakeover(
      Lane<R> lane, TrackedPartition<R> partition, Optional<SentMessage> message, long now) {
    observer.foundAtTakeover();
    found(lane, lane.head(), partition, message, now);
  }

  private void found(
      Lane<R> lane,
      Queued<R> queued,
      TrackedPartition<R> partition,
      Optional<SentMessage> message,
      long now) {
    endings.accepted(
        lane,
        partition,
        queued,
        new Acceptance<>(
            queued.trial(now),
            Acceptance.Known.LIST,
            message.flatMap(SentMessage::id),
            message.flatMap(SentMessage::createdAt)));
  }

  /**
   * Applies the policy to the head of a lane that an earlier owner may have sent.
   *
   * @return whether it is to be sent; where not, the lane is put where it belongs
   */
  boolean sendsAfterTakeover(Lane<R> lane, long now) {
    return sends(lane, lane.head(), EARLIER_OWNER, now);
  }

  private boolean sends(Lane<R> lane, Queued<R> queued, String why, long now) {
    Send<R> send = queued.send();
    return switch (rules.policy()) {
      case SEND -> {
        LOG.warn(
            "The record at {} is sent although its message may have been made before ({}): {}.",
            send.position(),
            send.reference(),
            why);
        observer.doubtEnded(DoubtEnd.REMAINED_SENT);
        yield true;
      }
      case REPORT -> {
        observer.doubtEnded(DoubtEnd.REMAINED_REPORTED);
        endings.rejected(
            lane, queued, Reason.of("unknown outcome: " + why), Rejection.Ground.DOUBT, now);
        yield false;
      }
      case FAIL -> {
        observer.doubtEnded(DoubtEnd.REMAINED_FAILED);
        endings.fail(Failure.inDoubt(send, why));
        lanes.again(lane, queued);
        yield false;
      }
    };
  }

  /** How many sends wait for their outcome to be looked up. */
  int doubts() {
    return questions.doubts().size();
  }

  /** Drops what concerns these partitions, which are retired. */
  void drop(Set<PartitionId> gone) {
    questions.doubts().forEach(doubt -> doubt.lane().drop(gone));
    questions.drop().forEach(doubt -> lanes.decided(doubt.lane(), doubt.queued()));
  }
}
