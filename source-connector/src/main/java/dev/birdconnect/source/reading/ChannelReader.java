package dev.birdconnect.source.reading;

import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.position.ChannelState;
import dev.birdconnect.source.position.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Reads one channel. It is driven from one thread: {@link #advance} starts calls and takes answers
 * and never waits, {@link #drainTo} hands over what was found. What is read is bounded: a call's
 * page is taken only when everything found before has been handed over.
 */
public final class ChannelReader {

  private final ChannelAddress address;
  private final ReadSettings settings;
  private final LongSupplier nanoTime;
  private final Reading reading;
  private MessageListener listener = MessageListener.NONE;
  private boolean stopped;

  /**
   * @param api the API
   * @param address the channel
   * @param settings how it is read
   * @param restored what is stored of it
   * @param observer told what happens
   * @param nanoTime a clock that only goes forward, in nanoseconds
   * @param random numbers from 0 to 1, for delays
   * @param wake run from any thread when {@link #advance} has something to do
   * @throws IllegalArgumentException when a state cannot be read
   */
  public ChannelReader(
      ChannelsApi api,
      ChannelAddress address,
      ReadSettings settings,
      ChannelState restored,
      ReadingObserver observer,
      LongSupplier nanoTime,
      DoubleSupplier random,
      Runnable wake) {
    this(
        api,
        address,
        settings,
        restored,
        observer,
        nanoTime,
        random,
        wake,
        ChannelMemory.Room.USUAL);
  }

  /**
   * The same with other bounds of what is remembered.
   *
   * @param room for open messages
   */
  ChannelReader(
      ChannelsApi api,
      ChannelAddress address,
      ReadSettings settings,
      ChannelState restored,
      ReadingObserver observer,
      LongSupplier nanoTime,
      DoubleSupplier random,
      Runnable wake,
      ChannelMemory.Room room) {
    this.address = address;
    this.settings = settings;
    this.nanoTime = nanoTime;
    ServerClock serverClock = new ServerClock(nanoTime);
    Origin origin = restored.origin().orElseGet(() -> origin(settings.start()));
    ChannelMemory memory = new ChannelMemory(restored, origin, settings, room);
    Calls calls =
        new Calls(
            api,
            address,
            serverClock,
            new PageLimit(settings.pageSize(), settings.mostBytes()),
            observer,
            nanoTime,
            random,
            wake,
            this::close);
    boolean startsNow = restored.origin().isEmpty() && settings.start() instanceof Start.Latest;
    this.reading =
        new Reading(address, settings, nanoTime, serverClock, memory, calls, observer, startsNow);
  }

  private static Origin origin(Start start) {
    return start instanceof Start.At at ? Origin.at(at.time()) : Origin.EARLIEST;
  }

  /**
   * Has somebody told of the messages that are read.
   *
   * @param maxAge how old messages may be that are wanted: those that this run would not read again
   *     are read once for it
   */
  public void tell(MessageListener wanted, Duration maxAge) {
    listener = wanted;
    reading.showOnce(maxAge);
  }

  /** Lets another list say when a sweep may be left out. */
  public void restBy(QuietChannels list) {
    reading.resting.by(list);
  }

  /** Whether the last sweep that was whole has left nothing to the next one. */
  public boolean mayRest() {
    return !stopped && reading.resting.isPossible();
  }

  /** Whether there is something to emit of a message of this channel that another list shows. */
  public boolean isNews(Message message) {
    return !stopped && reading.memory.isNews(message, reading.serverClock.now());
  }

  /** Begins the next sweep at once if one was left out; returns whether it was. */
  public boolean endRest() {
    return !stopped && reading.resting.end();
  }

  /** The server's time; the beginning of time as long as it has told nothing. */
  public Instant serverTime() {
    return reading.serverClock.now();
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
    if (stopped || reading.handOver.hasSightings()) {
      return;
    }
    reading.handOver.finish();
    reading.calls.takeAnswers();
    if (!stopped && reading.handOver.isDone() && reading.hasCome(reading.calls.notBefore())) {
      reading.activity().goOn();
    }
  }

  /**
   * Hands over what was found.
   *
   * @param out gets the emissions, in order
   * @param most how many it may hold; one message may bring two and go one beyond
   */
  public void drainTo(List<Emission> out, int most) {
    StartTaking startTaking = reading.memory.startTaking();
    Instant serverTime = reading.serverClock.now();
    while (reading.handOver.hasSightings() && out.size() < most && !startTaking.isUnderWay()) {
      Sighting sighting = reading.handOver.next();
      reading.look(sighting, serverTime, emission -> emit(emission, serverTime, out));
      if (!reading.memory.isBeforeStart(sighting.message())) {
        listener.seen(sighting.message(), serverTime);
      }
    }
  }

  /** Hands over a heartbeat that is due; to be taken before {@link #drainTo}. */
  public Optional<Heartbeat> takeHeartbeat() {
    return reading.heartbeats.take();
  }

  private void emit(Emission emission, Instant serverTime, List<Emission> out) {
    reading.observer.emitted(emission, serverTime);
    out.add(emission);
  }

  /** When {@link #advance} is worth a call even if nothing wakes the caller, in nanoseconds. */
  public long dueAt() {
    long now = nanoTime.getAsLong();
    if (stopped) {
      return now + settings.pollInterval().toNanos();
    }
    if (reading.handOver.hasSightings() && reading.memory.startTaking().isUnderWay()) {
      return now + settings.pollInterval().toNanos();
    }
    if (!reading.handOver.isDone()) {
      return now;
    }
    if (reading.calls.underWay() > 0) {
      return now + settings.pollInterval().toNanos();
    }
    long due = reading.activity().dueAt();
    long notBefore = reading.calls.notBefore();
    return due - notBefore < 0 ? notBefore : due;
  }

  /**
   * The record has ended that was to take the place of a start set by hand; may be called from any
   * thread.
   *
   * @param stored whether Kafka has it; otherwise a transform has dropped it
   */
  public void startTaken(boolean stored) {
    reading.memory.startTaking().tried(stored);
  }

  /** A transform has dropped all records that were to take that place, of which nothing is said. */
  public void startDropped() {
    reading.memory.startTaking().dropped();
  }

  /** Has the next heartbeat come as soon as it can, where there are any. */
  public void wantHeartbeat() {
    reading.heartbeats.want();
  }

  /** Cancels what is under way. */
  public void close() {
    stopped = true;
    reading.calls.cancel();
    reading.handOver.clear();
  }
}
