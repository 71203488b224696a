package dev.birdconnect.source.reading;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.source.position.Phase;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.status.ReadPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one channel. It is driven from one thread: {@link #advance} starts calls and takes answers
 * and never waits, {@link #drainTo} hands over what was found. What is read is bounded: a call's
 * page is taken only when everything found before has been handed over.
 */
public final class ChannelReader {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelReader.class);
  private static final int FORBIDDEN = 403;
  private static final int READS_AT_ONCE = 4;
  private static final int WORTH_A_PAGE = 2;
  private static final int READS_PER_CYCLE = 500;

  private final ChannelsApi api;
  private final ChannelAddress address;
  private final ReadSettings settings;
  private final LongSupplier nanoTime;
  private final Runnable wake;
  private final ServerClock serverClock;
  private final Backoff backoff;
  private final ChannelMemory memory;
  private final ReadPlan plan;
  private final Deque<Sighting> sightings = new ArrayDeque<>();
  private final List<Pending<?>> pending = new ArrayList<>();

  private Activity activity = new Probe();
  private Optional<Runnable> whenDrained = Optional.empty();
  private Optional<ListOrder> order = Optional.empty();
  private Optional<Resume> resume;
  private Optional<Position> floor = Optional.empty();
  private Optional<String> pageHint = Optional.empty();
  private long notBefore;
  private long sweepDueAt;
  private boolean stopped;

  /** What the reader is at. */
  private interface Activity {

    /** Starts the calls it needs; none is under way that it would wait for. */
    void goOn();

    /** When it wants to go on. */
    long dueAt();
  }

  /** Takes a page of the list. */
  private interface PageTaker {

    /**
     * Takes it.
     *
     * @param bound messages made after it are too young to be emitted
     */
    void take(MessagePage page, Instant bound);
  }

  /** A call under way. */
  private record Pending<T>(ApiCall<ReadOutcome<T>> call, Consumer<ReadOutcome<T>> taker) {

    private boolean isDone() {
      return call.outcome().toCompletableFuture().isDone();
    }

    private void take() {
      taker.accept(call.outcome().toCompletableFuture().join());
    }
  }

  /**
   * @param api the API
   * @param address the channel
   * @param settings how it is read
   * @param restored the states of its shards as stored
   * @param nanoTime a clock that only goes forward, in nanoseconds
   * @param random numbers from 0 to 1, for delays
   * @param wake run from any thread when {@link #advance} has something to do
   * @throws IllegalArgumentException when a state cannot be read
   */
  public ChannelReader(
      ChannelsApi api,
      ChannelAddress address,
      ReadSettings settings,
      Map<Integer, ShardState> restored,
      LongSupplier nanoTime,
      DoubleSupplier random,
      Runnable wake) {
    this.api = api;
    this.address = address;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.wake = wake;
    this.serverClock = new ServerClock(nanoTime);
    this.backoff = new Backoff(random);
    this.memory =
        new ChannelMemory(restored, settings.statusMaxAge(), Shards.MOST_OPEN, settings.mostKept());
    this.plan = new ReadPlan(settings.pollInterval());
    this.resume = Optional.of(memory.resume());
    this.notBefore = nanoTime.getAsLong();
    this.sweepDueAt = notBefore;
  }

  /** The channel that is read. */
  public ChannelAddress address() {
    return address;
  }

  /** Whether the channel is given up. */
  public boolean isStopped() {
    return stopped;
  }

  /**
   * Takes answers that have come and starts calls that are due.
   *
   * @throws DeniedException when the API lets this connector read nothing
   */
  public void advance() {
    if (stopped || !sightings.isEmpty()) {
      return;
    }
    finishDrained();
    takeAnswers();
    if (!stopped && sightings.isEmpty() && whenDrained.isEmpty() && hasCome(notBefore)) {
      activity.goOn();
    }
  }

  private void finishDrained() {
    Optional<Runnable> finish = whenDrained;
    whenDrained = Optional.empty();
    finish.ifPresent(Runnable::run);
  }

  private void takeAnswers() {
    List<Pending<?>> done = pending.stream().filter(Pending::isDone).toList();
    pending.removeAll(done);
    done.forEach(Pending::take);
  }

  /**
   * Hands over what was found.
   *
   * @param out gets the emissions, in order
   * @param most how many it may hold; one message may bring two and go one beyond
   */
  public void drainTo(List<Emission> out, int most) {
    while (!sightings.isEmpty() && out.size() < most) {
      Sighting sighting = sightings.removeFirst();
      memory.look(sighting, serverClock.now(), out::add);
      if (memory.follows(sighting.message().id())) {
        plan.seen(sighting.message().id(), nanoTime.getAsLong());
      }
    }
  }

  /** When {@link #advance} is worth a call even if nothing wakes the caller, in nanoseconds. */
  public long dueAt() {
    long now = nanoTime.getAsLong();
    if (stopped) {
      return now + settings.pollInterval().toNanos();
    }
    if (!sightings.isEmpty() || whenDrained.isPresent()) {
      return now;
    }
    if (!pending.isEmpty()) {
      return now + settings.pollInterval().toNanos();
    }
    long due = activity.dueAt();
    return due - notBefore < 0 ? notBefore : due;
  }

  /** Cancels what is under way. */
  public void close() {
    stopped = true;
    pending.forEach(call -> call.call().cancel());
    pending.clear();
    sightings.clear();
  }

  private boolean hasCome(long time) {
    return nanoTime.getAsLong() - time >= 0;
  }

  // Calls and their failures

  private <T> void start(ApiCall<ReadOutcome<T>> call, Consumer<ReadOutcome<T>> taker) {
    pending.add(new Pending<>(call, taker));
    var unused = call.outcome().whenComplete((outcome, failure) -> wake.run());
  }

  private void list(ListQuery query, PageTaker taker, Runnable onRefusedToken) {
    long askedAt = nanoTime.getAsLong();
    start(
        api.messages(address, query),
        outcome -> {
          if (outcome instanceof ReadOutcome.Found<MessagePage> found) {
            backoff.success();
            Instant asOf =
                serverClock.observe(found.serverTime(), found.value().results(), askedAt);
            taker.take(found.value(), asOf.minus(settings.overlap()));
          } else if (outcome instanceof ReadOutcome.Refused<MessagePage> refused
              && query.pageToken().isPresent()) {
            wait(refused.reason(), Optional.empty());
            onRefusedToken.run();
          } else if (outcome instanceof ReadOutcome.Missing<MessagePage> missing) {
            stop(missing.reason());
          } else {
            failed(outcome);
          }
        });
  }

  private <T> void failed(ReadOutcome<T> outcome) {
    if (outcome instanceof ReadOutcome.Denied<T> denied) {
      denied(denied.reason());
    } else if (outcome instanceof ReadOutcome.Unavailable<T> unavailable) {
      wait(unavailable.reason(), unavailable.retryAfter());
    } else if (outcome instanceof ReadOutcome.Refused<T> refused) {
      wait(refused.reason(), Optional.empty());
    }
  }

  private void denied(Reason reason) {
    int status = reason.complaint().map(complaint -> complaint.status()).orElse(0);
    if (status == FORBIDDEN) {
      stop(reason);
      return;
    }
    throw new DeniedException(
        "The channel "
            + address.channelId()
            + " cannot be read: "
            + reason
            + ". Check the access key, the API address and the account, then restart the task.");
  }

  private void stop(Reason reason) {
    LOG.error(
        "The channel {} is no longer read: {}. Check its id and the rights of the access key, then"
            + " restart the task; the other channels go on.",
        address.channelId(),
        reason);
    close();
  }

  private void wait(Reason reason, Optional<Duration> asked) {
    Duration delay = backoff.afterFailure(asked);
    notBefore = nanoTime.getAsLong() + delay.toNanos();
    LOG.warn(
        "Reading the channel {} failed {} times in a row: {}. The next try is in {} ms.",
        address.channelId(),
        backoff.failures(),
        reason,
        delay.toMillis());
  }

  // Finding out the order

  /** Compares the first messages of both orders; a list of one page needs no order. */
  private final class Probe implements Activity {

    private Optional<String> pageToken = Optional.empty();
    private Optional<Position> firstByDefault = Optional.empty();

    @Override
    public long dueAt() {
      return sweepDueAt;
    }

    @Override
    public void goOn() {
      if (!pending.isEmpty() || !hasCome(sweepDueAt)) {
        return;
      }
      boolean reverse = firstByDefault.isPresent();
      ListQuery query = new ListQuery(reverse ? 1 : settings.pageSize(), pageToken, reverse);
      list(query, (page, bound) -> accept(page, bound, reverse), this::again);
    }

    private void again() {
      pageToken = Optional.empty();
      firstByDefault = Optional.empty();
    }

    private void accept(MessagePage page, Instant bound, boolean reverse) {
      if (!reverse && pageToken.isEmpty() && page.nextPageToken().isEmpty()) {
        wholeList(page, bound);
      } else if (page.results().isEmpty() && page.nextPageToken().isPresent()) {
        pageToken = page.nextPageToken();
      } else if (page.results().isEmpty()) {
        again();
        sweepDueAt = nanoTime.getAsLong() + settings.pollInterval().toNanos();
      } else if (!reverse) {
        pageToken = Optional.empty();
        firstByDefault = Optional.of(Position.of(page.results().get(0)));
      } else {
        Position firstInReverse = Position.of(page.results().get(0));
        order =
            Optional.of(
                firstByDefault.get().isAfter(firstInReverse)
                    ? ListOrder.NEWEST_FIRST
                    : ListOrder.OLDEST_FIRST);
        begin();
      }
    }

    private void wholeList(MessagePage page, Instant bound) {
      beginCycle();
      Sweep whole = new Sweep(Optional.empty(), settings.mostKept());
      whole.accept(page, bound);
      sweepIsWhole(whole);
    }
  }

  private void begin() {
    Resume from = resume.orElseGet(() -> fromHead());
    resume = Optional.empty();
    if (from instanceof Resume.FromHead head) {
      floor = Optional.of(head.floor());
      pageHint = head.pageToken();
      activity = new Sweeping();
    } else if (from instanceof Resume.FromPage page) {
      activity = new BackFilling(Optional.of(page.pageToken()), Optional.of(page.floor()));
    } else {
      activity = new BackFilling(Optional.empty(), Optional.empty());
    }
  }

  private Resume fromHead() {
    return floor
        .<Resume>map(position -> new Resume.FromHead(position, pageHint))
        .orElseGet(Resume.FromOldest::new);
  }

  // Back-fill

  /** Reads upwards; the next page is asked for while the last one is handed over. */
  private final class BackFilling implements Activity {

    private BackFill backFill;

    private BackFilling(Optional<String> pageToken, Optional<Position> floor) {
      backFill = new BackFill(pageToken, floor, settings.mostKept());
      LOG.info(
          "The channel {} is read from {} upwards.",
          address.channelId(),
          pageToken.isPresent() ? "the page of the last restart point" : "its oldest message");
    }

    @Override
    public long dueAt() {
      return notBefore;
    }

    @Override
    public void goOn() {
      if (pending.isEmpty()) {
        ask();
      }
    }

    private void ask() {
      boolean reverse = order.orElseThrow().reverseForOldest();
      list(
          new ListQuery(settings.pageSize(), backFill.pageToken(), reverse),
          this::accept,
          this::fromOldest);
    }

    private void fromOldest() {
      LOG.warn(
          "The page of the channel {} to go on from is no longer there; its list is read from the"
              + " oldest message, what is emitted is left out.",
          address.channelId());
      backFill = new BackFill(Optional.empty(), Optional.empty(), settings.mostKept());
    }

    private void accept(MessagePage page, Instant bound) {
      if (!backFill.fits(page)) {
        fromOldest();
        return;
      }
      List<Sighting> ready = backFill.accept(page, bound);
      if (!ready.isEmpty()) {
        pageHint = ready.get(ready.size() - 1).place().pageToken();
      }
      sightings.addAll(ready);
      if (backFill.ended()) {
        whenDrained = Optional.of(this::end);
      } else {
        whenDrained = Optional.of(ChannelReader.this::makeRoom);
        ask();
      }
    }

    private void end() {
      LOG.info("The channel {} is read up to the present.", address.channelId());
      allIsEmitted(Optional.empty());
    }
  }

  private void makeRoom() {
    int closed = memory.closeBeyondRoom();
    if (closed > 0) {
      LOG.warn(
          "The channel {} has more than {} open messages; the statuses of the {} oldest are no"
              + " longer followed.",
          address.channelId(),
          Shards.MOST_OPEN,
          closed);
    }
  }

  // Sweeps

  /** Reads from the head down to the frontier. */
  private final class Sweeping implements Activity {

    private Sweep sweep = new Sweep(floor, settings.mostKept());

    @Override
    public long dueAt() {
      return sweepDueAt;
    }

    @Override
    public void goOn() {
      if (pending.isEmpty() && (sweep.pageToken().isPresent() || hasCome(sweepDueAt))) {
        boolean reverse = order.orElseThrow().reverseForNewest();
        list(
            new ListQuery(settings.pageSize(), sweep.pageToken(), reverse),
            this::accept,
            () -> sweep = new Sweep(floor, settings.mostKept()));
      }
    }

    private void accept(MessagePage page, Instant bound) {
      if (sweep.pageToken().isEmpty()) {
        beginCycle();
      }
      switch (sweep.accept(page, bound)) {
        case MORE -> {
          return;
        }
        case WHOLE -> sweepIsWhole(sweep);
        case TOO_DEEP -> activity = new BackFilling(pageHint, floor);
      }
    }
  }

  private void beginCycle() {
    sweepDueAt = nanoTime.getAsLong() + settings.pollInterval().toNanos();
  }

  private void sweepIsWhole(Sweep sweep) {
    Place place = new Place(Phase.TAIL, pageHint);
    sweep.oldestFirst().forEach(message -> sightings.add(new Sighting(message, place)));
    whenDrained = Optional.of(() -> allIsEmitted(sweep.pageToken()));
  }

  /**
   * Everything up to the present is handed over: what is open may be read again.
   *
   * @param furtherPages the page below those that were read; empty where there is none
   */
  private void allIsEmitted(Optional<String> furtherPages) {
    resume = Optional.empty();
    memory.completed();
    floor = memory.highest();
    makeRoom();
    Instant now = serverClock.now();
    int old = memory.closeOld(now);
    if (old > 0) {
      LOG.debug(
          "{} messages of the channel {} are too old to follow their statuses any longer.",
          old,
          address.channelId());
    }
    activity = new StatusPages(furtherPages);
  }

  // Statuses that no page has shown

  private List<String> due(int most) {
    return plan.due(memory.open(), serverClock.now(), nanoTime.getAsLong(), most);
  }

  /** Reads on downwards as long as a page shows more open messages than single reads would. */
  private final class StatusPages implements Activity {

    private final Set<String> due = new HashSet<>(due(Integer.MAX_VALUE));
    private Optional<String> pageToken;

    private StatusPages(Optional<String> pageToken) {
      this.pageToken = pageToken;
    }

    @Override
    public long dueAt() {
      return notBefore;
    }

    @Override
    public void goOn() {
      if (!pending.isEmpty()) {
        return;
      }
      if (pageToken.isEmpty() || due.size() < WORTH_A_PAGE || hasCome(sweepDueAt)) {
        activity = new StatusReading(due(READS_PER_CYCLE));
        return;
      }
      boolean reverse = order.orElseThrow().reverseForNewest();
      list(
          new ListQuery(settings.pageSize(), pageToken, reverse),
          (page, bound) -> accept(page),
          () -> pageToken = Optional.empty());
    }

    private void accept(MessagePage page) {
      int shown = 0;
      for (Message message : page.results()) {
        if (memory.follows(message.id())) {
          sightings.add(new Sighting(message, new Place(Phase.TAIL, pageHint)));
          shown += due.remove(message.id()) ? 1 : 0;
        }
      }
      pageToken = shown < WORTH_A_PAGE ? Optional.empty() : page.nextPageToken();
    }
  }

  /** Reads open messages one by one until the next sweep is due; a few in every cycle. */
  private final class StatusReading implements Activity {

    private final Deque<String> due;
    private int started;

    private StatusReading(List<String> due) {
      this.due = new ArrayDeque<>(due);
    }

    @Override
    public long dueAt() {
      return notBefore;
    }

    @Override
    public void goOn() {
      while (!due.isEmpty()
          && pending.size() < READS_AT_ONCE
          && (started < READS_AT_ONCE || !hasCome(sweepDueAt))) {
        read(due.removeFirst());
        started++;
      }
      if (pending.isEmpty()) {
        activity = order.isPresent() ? new Sweeping() : new Probe();
      }
    }

    private void read(String id) {
      long askedAt = nanoTime.getAsLong();
      start(api.message(address, id), outcome -> take(id, outcome, askedAt));
    }

    private void take(String id, ReadOutcome<Message> outcome, long askedAt) {
      plan.seen(id, nanoTime.getAsLong());
      if (outcome instanceof ReadOutcome.Found<Message> found) {
        backoff.success();
        serverClock.observe(found.serverTime(), List.of(found.value()), askedAt);
        sightings.add(new Sighting(found.value(), new Place(Phase.TAIL, pageHint)));
      } else if (outcome instanceof ReadOutcome.Missing<Message>) {
        memory.close(id);
        LOG.info(
            "The message {} of the channel {} is gone; its statuses are no longer followed.",
            id,
            address.channelId());
      } else {
        due.addFirst(id);
        failed(outcome);
      }
    }
  }
}
