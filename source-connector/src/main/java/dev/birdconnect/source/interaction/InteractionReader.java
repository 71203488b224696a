package dev.birdconnect.source.interaction;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.LookupApi;
import dev.birdconnect.client.message.Interaction;
import dev.birdconnect.client.message.InteractionList;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.source.position.InteractionState;
import dev.birdconnect.source.reading.Backoff;
import dev.birdconnect.source.reading.MessageListener;
import dev.birdconnect.source.reading.ReadPurpose;
import dev.birdconnect.source.reading.ReadingObserver;
import dev.birdconnect.source.status.KnownMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the interactions of one channel's messages, message by message, as the API has no list of
 * them. Like the channel's reader it is driven from one thread and never waits. Its reads are
 * content with what others leave of the budget, and only a few are under way at a time.
 */
public final class InteractionReader implements MessageListener {

  private static final Logger LOG = LoggerFactory.getLogger(InteractionReader.class);
  private static final int READS_AT_ONCE = 4;
  private static final int MOST_FOLLOWED = 20_000;
  private static final int MOST_MARKS = 2_000;

  /** Nobody has these messages, or not yet. */
  private static final Set<MessageStatus> WITHOUT_INTERACTIONS =
      Set.of(
          MessageStatus.ACCEPTED,
          MessageStatus.SCHEDULED,
          MessageStatus.PROCESSING,
          MessageStatus.REJECTED,
          MessageStatus.SENDING_FAILED,
          MessageStatus.DELIVERY_FAILED,
          MessageStatus.SKIPPED,
          MessageStatus.DELETED);

  private final LookupApi api;
  private final ReadingObserver observer;
  private final ChannelAddress address;
  private final InteractionSettings settings;
  private final EmittedInteractions emitted;
  private final FollowedMessages followed;
  private final LongSupplier nanoTime;
  private final Backoff backoff;
  private final Runnable wake;
  private final List<Pending> pending = new ArrayList<>();
  private final Deque<Found> found = new ArrayDeque<>();
  private long notBefore;
  private boolean stopped;

  private record Pending(FollowedMessage message, ApiCall<ReadOutcome<InteractionList>> call) {

    private boolean isDone() {
      return call.outcome().toCompletableFuture().isDone();
    }
  }

  private record Found(FollowedMessage message, Interaction interaction, String eventId) {}

  /**
   * @param api the API
   * @param address the channel
   * @param settings how interactions are read
   * @param restored what is stored, by part
   * @param observer told of every read
   * @param nanoTime a clock that only goes forward, in nanoseconds
   * @param random numbers from 0 to 1, for delays
   * @param wake run from any thread when {@link #advance} has something to do
   */
  public InteractionReader(
      LookupApi api,
      ChannelAddress address,
      InteractionSettings settings,
      Map<Integer, InteractionState> restored,
      ReadingObserver observer,
      LongSupplier nanoTime,
      DoubleSupplier random,
      Runnable wake) {
    this.api = api;
    this.address = address;
    this.settings = settings;
    this.observer = observer;
    this.emitted = new EmittedInteractions(restored, MOST_MARKS);
    this.followed = new FollowedMessages(MOST_FOLLOWED, settings.shortest());
    this.nanoTime = nanoTime;
    this.backoff = new Backoff(random);
    this.wake = wake;
    this.notBefore = nanoTime.getAsLong();
  }

  /** A message was read that is emitted: follows it where somebody may have it. */
  @Override
  public void seen(Message message, Instant serverTime) {
    if (stopped || followed.shown(message.id()) || !mayHave(message, serverTime)) {
      return;
    }
    FollowedMessage candidate = FollowedMessage.of(message);
    if (!emitted.knows(candidate)) {
      return;
    }
    followed.follow(candidate, nanoTime.getAsLong());
    int forgotten = followed.makeRoom();
    if (forgotten > 0) {
      LOG.warn(
          "The channel {} has more than {} messages whose interactions are looked for; those of the"
              + " {} oldest are no longer.",
          address.channelId(),
          MOST_FOLLOWED,
          forgotten);
    }
  }

  /** The direction comes last: for it the whole message has to be read. */
  private boolean mayHave(Message message, Instant serverTime) {
    return !WITHOUT_INTERACTIONS.contains(message.status())
        && !isOld(KnownMessage.of(message, Optional.empty()).age(serverTime))
        && message.direction().filter("incoming"::equals).isEmpty();
  }

  private static Duration age(FollowedMessage message, Instant serverTime) {
    return Duration.ofSeconds(serverTime.getEpochSecond() - message.agesFrom());
  }

  private boolean isOld(Duration age) {
    return age.compareTo(settings.maxAge()) > 0;
  }

  /** Takes answers that have come and starts reads that are due. */
  public void advance(Instant serverTime) {
    if (stopped || !found.isEmpty()) {
      return;
    }
    List<Pending> done = pending.stream().filter(Pending::isDone).toList();
    for (Pending read : done) {
      // One that is no longer there was cancelled by an answer before it.
      if (pending.remove(read)) {
        take(read.message(), read.call().outcome().toCompletableFuture().join(), serverTime);
      }
    }
    long now = nanoTime.getAsLong();
    while (!stopped && pending.size() < READS_AT_ONCE && now - notBefore >= 0) {
      Optional<FollowedMessage> next = followed.nextDue(now);
      if (next.isEmpty()) {
        return;
      }
      if (isOver(next.get(), serverTime)) {
        followed.forget(next.get().id());
      } else {
        start(next.get());
      }
    }
  }

  private boolean isOver(FollowedMessage message, Instant serverTime) {
    return isOld(age(message, serverTime))
        || !emitted.knows(message)
        || followed.isMissing(message.id());
  }

  private void start(FollowedMessage message) {
    observer.asked(ReadPurpose.INTERACTIONS);
    ApiCall<ReadOutcome<InteractionList>> call = api.interactions(address, message.id());
    pending.add(new Pending(message, call));
    var unused = call.outcome().whenComplete((outcome, failure) -> wake.run());
  }

  private void take(
      FollowedMessage message, ReadOutcome<InteractionList> outcome, Instant serverTime) {
    followed.lookedAt(message, age(message, serverTime), nanoTime.getAsLong());
    if (outcome instanceof ReadOutcome.Found<InteractionList> answer) {
      backoff.success();
      takeAll(message, answer.value());
    } else if (outcome instanceof ReadOutcome.Missing<InteractionList>) {
      // It stays until it is due, as a sweep that shows it would have it asked about at once.
      followed.missed(message.id());
    } else if (outcome instanceof ReadOutcome.Unavailable<InteractionList> unavailable) {
      wait(unavailable.reason(), unavailable.retryAfter());
    } else if (outcome instanceof ReadOutcome.Denied<InteractionList> denied) {
      giveUp(denied.reason());
    } else if (outcome instanceof ReadOutcome.Refused<InteractionList> refused) {
      wait(refused.reason(), Optional.empty());
    } else if (outcome instanceof ReadOutcome.Unreadable<InteractionList> wrong) {
      wait(wrong.reason(), Optional.empty());
    }
  }

  private void takeAll(FollowedMessage message, InteractionList list) {
    InteractionIds ids = new InteractionIds(message.id());
    for (Interaction interaction : list.results()) {
      String eventId = ids.next(interaction);
      if (emitted.isNew(message, eventId)) {
        found.add(new Found(message, interaction, eventId));
      }
    }
  }

  private void wait(Reason reason, Optional<Duration> asked) {
    observer.failed();
    Duration delay = backoff.afterFailure(asked);
    notBefore = nanoTime.getAsLong() + delay.toNanos();
    LOG.warn(
        "Reading interactions of the channel {} failed {} times in a row: {}. The next try is in {}"
            + " ms.",
        address.channelId(),
        backoff.failures(),
        reason,
        delay.toMillis());
  }

  private void giveUp(Reason reason) {
    LOG.error(
        "Interactions of the channel {} are no longer read: {}. Give the access key the right to"
            + " read them, or set interactions.enabled=false; then restart the task. Messages and"
            + " statuses go on.",
        address.channelId(),
        reason);
    close();
  }

  /**
   * Hands over what was found.
   *
   * @param out gets the emissions, those of a message in the order of the answer
   * @param most how many it may hold
   */
  public void drainTo(List<InteractionEmission> out, int most, Instant serverTime) {
    long expired = serverTime.minus(settings.maxAge()).getEpochSecond();
    while (!found.isEmpty() && out.size() < most) {
      Found next = found.removeFirst();
      if (!emitted.isNew(next.message(), next.eventId())) {
        continue;
      }
      out.add(
          new InteractionEmission(
              next.message(),
              next.interaction(),
              next.eventId(),
              InteractionState.part(next.message().id()),
              emitted.emitted(next.message(), next.eventId(), expired)));
    }
  }

  /** When {@link #advance} is worth a call even if nothing wakes the caller, in nanoseconds. */
  public long dueAt() {
    long now = nanoTime.getAsLong();
    if (!found.isEmpty()) {
      return now;
    }
    if (stopped || pending.size() >= READS_AT_ONCE) {
      return now + settings.shortest().toNanos();
    }
    long next = followed.nextAt().orElse(now + settings.shortest().toNanos());
    return next - notBefore < 0 ? notBefore : next;
  }

  /** Cancels what is under way. */
  public void close() {
    stopped = true;
    pending.forEach(read -> read.call().cancel());
    pending.clear();
    found.clear();
  }
}
