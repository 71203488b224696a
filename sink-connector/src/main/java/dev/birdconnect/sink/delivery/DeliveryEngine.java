package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.BatchApi;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.Sighting;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sends of a task. One lock guards the state ({@link Deliveries}); calls are started and
 * cancelled outside of it. The thread that brings a verdict starts what it has made possible, so
 * that a lane goes on without waiting for the task's thread. No method waits for a call, except
 * {@link #release} for a bounded time.
 *
 * @param <R> the record
 */
public final class DeliveryEngine<R> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);

  private final ChannelsApi api;
  private final Timer timer;
  private final Deliveries<R> deliveries;
  private final Calls<R> calls;
  private final Inquirer<R> inquirer;
  private final PlatformReader platforms;
  private final DeliveryObserver<R> observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final OneAfterAnother<Possible<R>> begun = new OneAfterAnother<>(this::begin);
  private final Condition callEnded = lock.newCondition();
  private final WakeUp wakeUp;
  private boolean closed;

  /**
   * @param api where sends go; closed together with the engine
   * @param batches where batches go; the same client
   * @param timer wakes the engine up for retries; closed together with it
   * @param maxInFlight most requests at the same time
   * @param maxPreparing most of them whose send is being prepared
   * @param batchRules how sends are put into requests
   * @param schedule waits before repeats
   * @param doubtRules how doubts are resolved
   * @param reportsAcceptances whether a send is finished only when its acceptance is reported
   * @param observer is told what happens
   */
  public DeliveryEngine(
      ChannelsApi api,
      BatchApi batches,
      Timer timer,
      int maxInFlight,
      int maxPreparing,
      BatchRules batchRules,
      RetrySchedule schedule,
      DoubtRules doubtRules,
      boolean reportsAcceptances,
      DeliveryObserver<R> observer) {
    this.api = api;
    this.timer = timer;
    this.observer = observer;
    this.calls = new Calls<>(api, batches, new Ends());
    this.deliveries =
        new Deliveries<>(
            maxInFlight,
            maxPreparing,
            batchRules,
            schedule,
            doubtRules,
            reportsAcceptances,
            observer,
            api::serverTime,
            timer.nanoTime());
    this.inquirer =
        new Inquirer<>(
            api, timer, schedule, doubtRules, batchRules.batches(), observer, new Answers());
    this.platforms = new PlatformReader(api, timer, schedule, this::platformIs);
    this.wakeUp = new WakeUp(timer, this::wakeUp);
  }

  /** Begins partitions that have been assigned. */
  public void open(Collection<PartitionId> partitions) {
    locked(
        () -> {
          partitions.forEach(partition -> deliveries.open(partition, timer.nanoTime()));
          return null;
        });
  }

  /**
   * The partitions of those records that are known from an earlier delivery: their consumer has
   * gone back, or the topic was made anew.
   */
  public Set<PartitionId> goneBack(List<Intake<R>> records) {
    return locked(
        () ->
            records.stream()
                .map(Intake::position)
                .filter(deliveries::isKnown)
                .map(RecordPosition::partition)
                .collect(Collectors.toSet()));
  }

  /** Takes records in; those known from an earlier delivery are passed over. */
  public void accept(List<Intake<R>> records) {
    change(
        state -> {
          long now = timer.nanoTime();
          records.forEach(item -> state.accept(item, now));
        });
  }

  /** Notes that the task's thread is seen; without that no send starts for long. */
  public void seen() {
    change(state -> state.seen(timer.nanoTime()));
  }

  /** Takes the records that are rejected. Each has to be {@link #reported}. */
  public List<Rejection<R>> takeRejections() {
    return locked(() -> deliveries.outcomes().takeRejections());
  }

  /**
   * Takes the sends whose message was made, where that is to be reported. Each has to be {@link
   * #reported}.
   */
  public List<Acceptance<R>> takeAcceptances() {
    return locked(() -> deliveries.outcomes().takeAcceptances());
  }

  /** Notes that the reports on these records are complete. */
  public void reported(Collection<? extends Intake<R>> items) {
    if (!items.isEmpty()) {
      change(state -> items.forEach(state::reported));
    }
  }

  /** What is in hand now. */
  public DeliveryLoad load() {
    return locked(() -> deliveries.load(timer.nanoTime()));
  }

  /** Stops: nothing starts any more, and {@link #failure} tells why. */
  public void fail(Failure reason) {
    change(state -> state.fail(reason));
  }

  /** Why the task has to stop, once it has to. */
  public Optional<Failure> failure() {
    return locked(deliveries::failure);
  }

  /** The oldest unfinished offset of a partition; empty when nothing of it is unfinished. */
  public OptionalLong oldestUnfinished(PartitionId partition) {
    return locked(() -> deliveries.oldestUnfinished(partition));
  }

  /** How many records are unfinished. */
  public int unfinished() {
    return locked(deliveries::unfinished);
  }

  /** Bytes of memory that the unfinished records of each partition take, about. */
  public Map<PartitionId, Long> loads() {
    return locked(deliveries::loads);
  }

  /**
   * Begins to give partitions up: drops what waits, lets calls in flight end for a moment and
   * cancels the rest. What finished counts until {@link #forget}.
   *
   * @param patience longest wait in all
   */
  public void release(Set<PartitionId> partitions, Duration patience) {
    change(state -> state.retire(partitions));
    List<Consignment<R>> left = awaitEnd(partitions, patience);
    if (!left.isEmpty()) {
      LOG.warn(
          "{} requests were still in flight when their partitions were given up; they are cancelled,"
              + " and whoever owns the partitions next makes their sends again, although some may"
              + " have been taken. The first one has the reference {}.",
          left.size(),
          left.get(0).first().send().reference());
    }
    left.forEach(Consignment::cancel);
  }

  private List<Consignment<R>> awaitEnd(Set<PartitionId> partitions, Duration patience) {
    return locked(
        () -> {
          try {
            long nanos = patience.toNanos();
            while (deliveries.inFlightOf(partitions) > 0 && nanos > 0) {
              nanos = callEnded.awaitNanos(nanos);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return deliveries.abandon(partitions);
        });
  }

  /** Ends giving partitions up. */
  public void forget(Set<PartitionId> partitions) {
    change(state -> state.forget(partitions));
  }

  private interface Change<R> {
    void make(Deliveries<R> state);
  }

  /** Changes the state and starts what can start because of it. */
  private void change(Change<R> change) {
    Possible<R> possible =
        locked(
            () -> {
              change.make(deliveries);
              return possible();
            });
    begun.add(possible);
  }

  private void begin(Possible<R> possible) {
    possible.starts().forEach(this::start);
    possible.inquiries().forEach(inquirer::begin);
    possible.sweeps().forEach(inquirer::begin);
    possible.platforms().forEach(platforms::begin);
  }

  private Possible<R> possible() {
    if (closed) {
      return Possible.nothing();
    }
    long now = timer.nanoTime();
    Possible<R> possible =
        new Possible<>(
            deliveries.start(now),
            deliveries.ask(now),
            deliveries.sweep(now),
            deliveries.preFlight().ask());
    deliveries.nextStart(now).ifPresent(next -> wakeUp.plan(next, now));
    return possible;
  }

  private void wakeUp(long at) {
    guarded(() -> change(state -> wakeUp.came(at)));
  }

  private void start(Consignment<R> consignment) {
    if (consignment.attempts().size() > 1) {
      observer.batchStarted(consignment.attempts().size());
    }
    consignment.attempts().forEach(attempt -> observer.started(attempt.queued().attempts()));
    calls.start(consignment);
  }

  private final class Ends implements Calls.Listener<R> {

    @Override
    public boolean mayLeave() {
      return deliveries.mayLeave(timer.nanoTime());
    }

    @Override
    public boolean prepared(Consignment<R> consignment) {
      boolean leaves = locked(() -> !closed && deliveries.prepared(consignment));
      if (leaves) {
        guarded(() -> change(state -> {}));
      }
      return leaves;
    }

    @Override
    public void unprepared(Consignment<R> consignment, Prepared.NotReady end) {
      observer.unprepared(consignment.first().send(), end.verdict());
      ends(state -> state.unprepared(consignment, end, timer.nanoTime()));
    }

    @Override
    public void ended(Consignment<R> consignment, Verdict verdict) {
      observer.requestEnded();
      if (consignment.attempts().size() == 1 || !(verdict instanceof Verdict.Rejected)) {
        long now = timer.nanoTime();
        for (Attempt<R> attempt : consignment.attempts()) {
          observer.ended(attempt.send(), verdict, now - attempt.queued().takenInAt());
        }
      }
      ends(state -> state.ended(consignment, verdict, timer.nanoTime()));
    }

    @Override
    public void taken(Consignment<R> consignment) {
      observer.requestEnded();
      observer.taken(consignment.attempts().size());
      ends(state -> state.taken(consignment, timer.nanoTime()));
    }

    @Override
    public void broken(Throwable error) {
      ends(state -> state.fail(Failure.unexpected(error)));
    }
  }

  /** A change that may be what somebody waits for who gives partitions up. */
  private void ends(Change<R> change) {
    guarded(
        () ->
            change(
                state -> {
                  change.make(state);
                  callEnded.signalAll();
                }));
  }

  /** An exception on a thread of a call or the timer would vanish, so it becomes the failure. */
  private void guarded(Runnable end) {
    try {
      end.run();
    } catch (RuntimeException | Error e) {
      Failure reason = Failure.unexpected(e);
      locked(
          () -> {
            deliveries.fail(reason);
            return null;
          });
    }
  }

  private void platformIs(ChannelAddress address, Optional<String> platformId) {
    guarded(
        () -> change(state -> state.preFlight().answered(address, platformId, timer.nanoTime())));
  }

  private final class Answers implements Inquirer.Listener<R> {
    @Override
    public void answered(Inquiry<R> inquiry, Findings findings) {
      change(state -> state.answered(inquiry, findings, timer.nanoTime()));
    }

    @Override
    public void saw(ChannelAddress address, List<Sighting> sightings) {
      ends(state -> state.saw(address, sightings, timer.nanoTime()));
    }

    @Override
    public Optional<ListQuery> read(Supplier<Optional<ListQuery>> step) {
      Optional<ListQuery> next = locked(step);
      ends(state -> {});
      return next;
    }

    @Override
    public void swept(Sweep<R> sweep) {
      change(state -> state.swept(sweep, timer.nanoTime()));
    }

    @Override
    public void failed(Failure failure) {
      fail(failure);
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Starts nothing any more, cancels what is in flight, closes client and timer. */
  @Override
  public void close() {
    locked(
        () -> {
          closed = true;
          return null;
        });
    inquirer.close();
    platforms.close();
    timer.close();
    api.close();
  }
}
