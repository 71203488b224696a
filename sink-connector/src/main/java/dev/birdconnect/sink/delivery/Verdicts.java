package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.sink.reconcile.Mark;
import dev.birdconnect.sink.reconcile.SentMessage;
import dev.birdconnect.sink.reconcile.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What answers and lists tell about sends, and what follows. Not thread-safe.
 *
 * @param <R> the record
 */
final class Verdicts<R> {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;

  private final RetrySchedule schedule;
  private final HostGate gate;
  private final LaneQueues<R> lanes;
  private final Departures<R> departures;
  private final Endings<R> endings;
  private final DoubtResolution<R> doubts;
  private final Results<R> results;
  private final DeliveryObserver<R> observer;

  Verdicts(
      RetrySchedule schedule,
      HostGate gate,
      LaneQueues<R> lanes,
      Departures<R> departures,
      Endings<R> endings,
      DoubtResolution<R> doubts,
      Results<R> results,
      DeliveryObserver<R> observer) {
    this.schedule = schedule;
    this.gate = gate;
    this.lanes = lanes;
    this.departures = departures;
    this.endings = endings;
    this.doubts = doubts;
    this.results = results;
    this.observer = observer;
  }

  /** Takes the end of a consignment whose request does not leave. */
  void unprepared(Consignment<R> consignment, Prepared.NotReady end, long now) {
    departures.prepared(consignment);
    if (end.place() == Prepared.Place.API) {
      ended(consignment, end.verdict(), now);
      return;
    }
    gate.dropped(consignment.ticket(), now);
    if (!departures.ended(consignment)) {
      return;
    }
    Attempt<R> attempt = consignment.first();
    if (attempt.abandoned() || attempt.partition().retired()) {
      lanes.decided(attempt.lane(), attempt.queued());
    } else if (end.verdict() instanceof Verdict.NotProcessed notProcessed) {
      notProcessed(List.of(attempt), notProcessed, false, now);
    } else {
      decided(attempt, end.verdict(), Rejection.Ground.CHECK, false, now);
    }
  }

  /** Takes the verdict on a consignment. On several sends it is no acceptance. */
  void ended(Consignment<R> consignment, Verdict verdict, long now) {
    if (!departures.ended(consignment)) {
      return;
    }
    boolean notItsFault = tellGate(consignment, verdict, now);
    boolean batch = consignment.attempts().size() > 1;
    List<Attempt<R>> left = unseen(consignment, now);
    if (verdict instanceof Verdict.NotProcessed notProcessed) {
      notProcessed(left, notProcessed, notItsFault, now);
    } else if (batch
        && verdict instanceof Verdict.Rejected rejected
        && !concernsAll(rejected.reason())) {
      split(left);
    } else if (verdict instanceof Verdict.Unknown unknown) {
      left.forEach(attempt -> unknown(attempt, unknown.reason(), batch, notItsFault, now));
    } else {
      left.forEach(attempt -> decided(attempt, verdict, Rejection.Ground.ANSWER, batch, now));
    }
  }

  /** Returns whether the end says nothing about the sends: they wait for host or lease. */
  private boolean tellGate(Consignment<R> consignment, Verdict verdict, long now) {
    if (consignment.attempts().stream().allMatch(Attempt::abandoned)) {
      gate.dropped(consignment.ticket(), now);
    } else if (verdict instanceof Verdict.NotProcessed && consignment.heldBack()) {
      gate.dropped(consignment.ticket(), now);
      return true;
    } else if (verdict instanceof Verdict.NotProcessed notProcessed
        && notProcessed.reason().complaint().isEmpty()) {
      return gate.unreachable(consignment.ticket(), now);
    } else if (verdict instanceof Verdict.Unknown) {
      return gate.failed(consignment.ticket(), now);
    } else {
      gate.reached();
    }
    return false;
  }

  /** Takes off what is given up, and what the list has shown already; returns the rest. */
  private List<Attempt<R>> unseen(Consignment<R> consignment, long now) {
    List<Attempt<R>> left = new ArrayList<>(consignment.attempts().size());
    for (Attempt<R> attempt : consignment.attempts()) {
      SentMessage seen = results.ended(attempt);
      if (attempt.abandoned()) {
        lanes.decided(attempt.lane(), attempt.queued());
      } else if (seen != null) {
        endings.listed(attempt.lane(), attempt.partition(), attempt.queued(), seen, now);
      } else {
        left.add(attempt);
      }
    }
    return left;
  }

  /** What concerns the channel is the same for every send; other complaints are about one. */
  private static boolean concernsAll(Reason reason) {
    int status = reason.complaint().map(Complaint::status).orElse(0);
    return status == FORBIDDEN || status == NOT_FOUND;
  }

  private void decided(
      Attempt<R> attempt, Verdict verdict, Rejection.Ground ground, boolean batch, long now) {
    Lane<R> lane = attempt.lane();
    Queued<R> queued = attempt.queued();
    if (verdict instanceof Verdict.Accepted taken) {
      endings.accepted(
          lane,
          attempt.partition(),
          queued,
          new Acceptance<>(
              queued.trial(now),
              Acceptance.Known.ANSWER,
              Optional.of(taken.message().id()),
              Optional.of(taken.message().createdAt())));
    } else if (verdict instanceof Verdict.Denied denied) {
      if (!endings.failed() || !batch) {
        endings.fail(Failure.denied(attempt.send(), denied.reason().sentence()));
      }
      lanes.decided(lane, queued);
    } else if (attempt.partition().retired()) {
      lanes.decided(lane, queued);
    } else if (verdict instanceof Verdict.Unknown unknown) {
      unknown(attempt, unknown.reason(), batch, false, now);
    } else if (verdict instanceof Verdict.Rejected rejected) {
      endings.rejected(lane, queued, rejected.reason(), ground, now);
    }
  }

  private void unknown(
      Attempt<R> attempt, Reason reason, boolean batch, boolean notItsFault, long now) {
    if (attempt.partition().retired()) {
      lanes.decided(attempt.lane(), attempt.queued());
      return;
    }
    if (!notItsFault) {
      doubts.failedAgain(attempt, reason, now);
    }
    doubts.unknown(attempt, reason, batch, now);
  }

  /**
   * Nothing was made: the sends leave again in smaller requests, until the one at fault is alone.
   * Of a lane only the first does, so that its order is kept.
   */
  private void split(List<Attempt<R>> attempts) {
    observer.batchRefused();
    Set<Lane<R>> begun = new HashSet<>();
    List<Attempt<R>> again = new ArrayList<>();
    for (Attempt<R> attempt : attempts) {
      if (attempt.partition().retired()) {
        lanes.decided(attempt.lane(), attempt.queued());
      } else if (begun.add(attempt.lane())) {
        again.add(attempt);
      } else {
        lanes.again(attempt.lane(), attempt.queued());
      }
    }
    if (!again.isEmpty()) {
      departures.split(again);
    }
  }

  /**
   * One wait for all of a request, so that they can share the next one too. After 429 it does not
   * grow: the rate budget sets the pace.
   */
  private void notProcessed(
      List<Attempt<R>> attempts, Verdict.NotProcessed verdict, boolean notItsFault, long now) {
    int failures = 0;
    if (verdict.reason().complaint().map(Complaint::status).orElse(0) == TOO_MANY_REQUESTS) {
      failures = 1;
    } else if (!notItsFault) {
      for (Attempt<R> attempt : attempts) {
        failures = Math.max(failures, attempt.queued().failedOnce());
      }
    }
    long asked = verdict.retryAfter().map(Duration::toNanos).orElse(0L);
    long due = failures == 0 ? now : now + Math.max(schedule.delayNanos(failures), asked);
    for (Attempt<R> attempt : attempts) {
      if (attempt.partition().retired()) {
        lanes.decided(attempt.lane(), attempt.queued());
      } else if (notItsFault) {
        lanes.again(attempt.lane(), attempt.queued());
      } else {
        lanes.again(attempt.lane(), attempt.queued(), due);
      }
    }
  }

  /** The API took a batch in. Whether messages were made is to be seen in the list. */
  void taken(Consignment<R> consignment, long now) {
    if (!departures.ended(consignment)) {
      return;
    }
    gate.reached();
    for (Attempt<R> attempt : consignment.attempts()) {
      if (attempt.abandoned()) {
        results.ended(attempt);
        lanes.decided(attempt.lane(), attempt.queued());
      } else {
        SentMessage seen = results.taken(attempt, now);
        if (seen != null) {
          seen(attempt, seen, now, now);
        }
      }
    }
  }

  private void seen(Attempt<R> attempt, SentMessage message, long takenAt, long now) {
    observer.resultSeen(
        attempt.send(),
        message.rejection().isPresent(),
        now - takenAt,
        now - attempt.queued().takenInAt());
    endings.listed(attempt.lane(), attempt.partition(), attempt.queued(), message, now);
  }

  /** Takes messages that a channel's list shows; whatever waits for one of them is settled. */
  void saw(ChannelAddress address, List<Sighting> sightings, long now) {
    ChannelResults<R> channel = results.channel(address);
    for (Sighting sighting : sightings) {
      if (sighting.mark().isPresent()) {
        Mark mark = sighting.mark().get();
        Awaited<R> awaited = channel == null ? null : channel.saw(mark, sighting.message());
        if (awaited != null) {
          seen(awaited.attempt(), sighting.message(), awaited.takenAt().orElse(now), now);
        } else {
          doubts.saw(address, mark, sighting.message(), now);
        }
      }
    }
  }

  /** Notes that a sweep is over. What it has not seen is looked up further down. */
  void swept(Sweep<R> sweep, long now) {
    for (Awaited<R> missed : results.swept(sweep)) {
      Attempt<R> attempt = missed.attempt();
      if (attempt.partition().retired()) {
        lanes.decided(attempt.lane(), attempt.queued());
      } else {
        doubts.missed(missed, now);
      }
    }
  }
}
