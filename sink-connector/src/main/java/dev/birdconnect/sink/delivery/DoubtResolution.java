package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.Mark;
import dev.birdconnect.sink.reconcile.SentMessage;
import java.time.Duration;
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

  private static final String NO_RESULT =
      "the API took it in with a batch, but its message has not shown up in the list of the channel"
          + " within batch.result.timeout.ms";
  private static final Duration FIRST_LOOK = Duration.ofMillis(250);

  /** After so many failures of one send, and after each doubling of them, a line is logged. */
  private static final int MANY_FAILURES = 8;

  private final DoubtRules rules;
  private final RetrySchedule schedule;
  private final LaneQueues<R> lanes;
  private final Endings<R> endings;
  private final DeliveryObserver<R> observer;
  private final OpenQuestions<R> questions = new OpenQuestions<>();

  /**
   * @param rules how doubts are resolved
   * @param schedule waits before repeats
   * @param lanes the lanes, which wait while their head is in doubt
   * @param endings how sends end
   * @param observer is told how doubts end
   */
  DoubtResolution(
      DoubtRules rules,
      RetrySchedule schedule,
      LaneQueues<R> lanes,
      Endings<R> endings,
      DeliveryObserver<R> observer) {
    this.rules = rules;
    this.schedule = schedule;
    this.lanes = lanes;
    this.endings = endings;
    this.observer = observer;
  }

  /** Asks what earlier owners have sent through the channel of a send, unless that was asked. */
  void takenIn(Send<R> send, TrackedPartition<R> partition) {
    partition
        .earlier()
        .takenIn(send, partition, rules.hold())
        .ifPresent(question -> questions.add(send.address(), question));
  }

  /**
   * The outcome is looked up before the send may be repeated; its lane waits.
   *
   * @param batch whether it left in a batch, so that its message may be made later than others
   */
  void unknown(Attempt<R> attempt, Reason reason, boolean batch, long now) {
    LOG.debug(
        "The outcome of the send with reference {} is unknown: {}.",
        attempt.send().reference(),
        reason);
    long due = now + rules.settle().toNanos();
    questions.add(
        new Doubt<>(
            attempt.lane(),
            attempt.queued(),
            attempt.partition(),
            OptionalLong.empty(),
            due,
            batch ? due + rules.resultTimeout().toNanos() : due,
            FIRST_LOOK.toNanos()));
  }

  /**
   * Lets a send whose outcome is unknown wait the longer the more often that was so, counted from
   * the end of its attempt; where it fails again and again, a line is logged.
   */
  void failedAgain(Attempt<R> attempt, Reason reason, long now) {
    int failures = attempt.queued().failedOnce();
    attempt.queued().notBefore(now + schedule.delayNanos(failures));
    if (failures >= MANY_FAILURES && Integer.bitCount(failures) == 1) {
      LOG.warn(
          "The send with reference {} has failed {} times, the last time so: {}. It is tried again"
              + " without limit, and its partition goes on for at most {} offsets above it.",
          attempt.send().reference(),
          failures,
          reason,
          RecordReference.SPAN);
    }
  }

  /** A send that was taken in with a batch was not seen where new messages are. */
  void missed(Awaited<R> awaited, long now) {
    Attempt<R> attempt = awaited.attempt();
    OptionalLong takenAt = awaited.takenAt();
    questions.add(
        new Doubt<>(
                attempt.lane(),
                attempt.queued(),
                attempt.partition(),
                takenAt,
                now,
                takenAt.orElse(now) + rules.resultTimeout().plus(rules.settle()).toNanos(),
                FIRST_LOOK.toNanos())
            .lookedUp(now));
  }

  /** Takes a message that a channel's list shows. */
  void saw(ChannelAddress address, Mark mark, SentMessage message, long now) {
    Doubt<R> doubt = questions.doubt(mark);
    if (doubt != null && doubt.send().address().equals(address) && questions.close(doubt)) {
      found(doubt, message, now);
    }
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
    questions.answered(inquiry, now);
    for (Doubt<R> doubt : inquiry.doubts()) {
      if (questions.close(doubt)) {
        answered(doubt, findings, now);
      }
    }
    for (PendingTakeover<R> takeover : inquiry.takeovers()) {
      EarlierSends earlier = findings.earlier().get(takeover.question().partition());
      if (!takeover.partition().retired() && earlier != null) {
        lanes.ready(takeover.partition().earlier().answer(inquiry.address(), earlier));
      }
    }
  }

  private void answered(Doubt<R> doubt, Findings findings, long now) {
    Mark mark = doubt.send().mark();
    SentMessage message = findings.found().get(mark);
    if (message != null) {
      found(doubt, message, now);
    } else if (!doubt.conclusive()) {
      questions.add(doubt.lookedUp(now));
    } else if (doubt.takenAt().isPresent()) {
      remains(doubt, NO_RESULT, now);
    } else if (!findings.open().contains(mark)) {
      observer.doubtEnded(DoubtEnd.SENT_AGAIN);
      again(doubt, now);
    } else {
      remains(doubt, LOST_ANSWER, now);
    }
  }

  private void again(Doubt<R> doubt, long now) {
    OptionalLong notBefore = doubt.queued().notBefore();
    if (notBefore.isPresent() && notBefore.getAsLong() - now > 0) {
      lanes.again(doubt.lane(), doubt.queued(), notBefore.getAsLong());
    } else {
      lanes.again(doubt.lane(), doubt.queued());
    }
  }

  private void remains(Doubt<R> doubt, String why, long now) {
    if (sends(doubt.lane(), doubt.queued(), why, now)) {
      again(doubt, now);
    }
  }

  private void found(Doubt<R> doubt, SentMessage message, long now) {
    if (doubt.takenAt().isPresent()) {
      observer.resultSeen(
          doubt.send(),
          message.rejection().isPresent(),
          now - doubt.takenAt().getAsLong(),
          now - doubt.queued().takenInAt());
    } else {
      observer.doubtEnded(DoubtEnd.FOUND);
    }
    endings.listed(doubt.lane(), doubt.partition(), doubt.queued(), message, now);
  }

  /** An earlier owner of its partition has sent the head of a lane. */
  void foundAtTakeover(
      Lane<R> lane, TrackedPartition<R> partition, Optional<SentMessage> message, long now) {
    observer.foundAtTakeover();
    Queued<R> head = lane.head();
    if (message.isPresent()) {
      endings.listed(lane, partition, head, message.get(), now);
    } else {
      endings.accepted(
          lane,
          partition,
          head,
          new Acceptance<>(
              head.trial(now), Acceptance.Known.LIST, Optional.empty(), Optional.empty()));
    }
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

  /** How many sends of which nobody knows whether they were taken wait to be looked up. */
  int doubts() {
    return questions.doubts().size() - missing();
  }

  /** How many sends that were taken in with batches were not seen by a sweep. */
  int missing() {
    return (int) questions.doubts().stream().filter(doubt -> doubt.takenAt().isPresent()).count();
  }

  /** Attempts of that send in doubt that was tried most often. */
  int mostAttempts() {
    return questions.doubts().stream().mapToInt(doubt -> doubt.queued().attempts()).max().orElse(0);
  }

  /** How many channels are asked, or are to be. */
  int channels() {
    return questions.channels();
  }

  /** Drops what concerns these partitions, which are retired. */
  void drop(Set<PartitionId> gone) {
    questions.doubts().forEach(doubt -> doubt.lane().drop(gone));
    questions.drop().forEach(doubt -> lanes.decided(doubt.lane(), doubt.queued()));
  }
}
