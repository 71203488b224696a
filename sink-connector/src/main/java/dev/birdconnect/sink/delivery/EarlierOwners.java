package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Mark;
import dev.birdconnect.sink.reconcile.Takeover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What earlier owners of a partition have sent, by channel, and the lanes that wait to know it.
 * Records may name any number of channels, so of channels without an unfinished send only those
 * used last are remembered. One that comes again after that is asked about again: its next send has
 * a larger offset than all before, so the answer is no less complete.
 *
 * @param <R> the record
 */
final class EarlierOwners<R> {

  /** So many channels without an unfinished send are remembered. */
  static final int MOST_IDLE = 1_000;

  private static final int FORGET_EVERY = 256;

  private final PartitionId partition;
  private final long openedAt;
  private final Map<ChannelAddress, InUse<R>> inUse = new HashMap<>();
  private final Map<ChannelAddress, EarlierSends> idle = new RecentMap<>(MOST_IDLE);
  private Optional<Instant> provenSince = Optional.empty();
  private long forgottenBelow;

  /** A channel that has unfinished sends, or about which is asked. */
  private static final class InUse<R> {
    private final List<Lane<R>> held = new ArrayList<>();
    private @Nullable EarlierSends earlier;
    private boolean asked;
    private int unfinished;
  }

  /**
   * @param partition the partition
   * @param openedAt when it was assigned, by the clock's nanoseconds
   */
  EarlierOwners(PartitionId partition, long openedAt) {
    this.partition = partition;
    this.openedAt = openedAt;
  }

  /**
   * Takes a send in; returns the question what earlier owners have sent through its channel, unless
   * that is known or asked.
   *
   * @param owner the partition's state
   * @param hold how long after the assignment calls of an earlier owner may add messages
   */
  Optional<PendingTakeover<R>> takenIn(Send<R> send, TrackedPartition<R> owner, Duration hold) {
    InUse<R> channel = inUse.get(send.address());
    if (channel == null) {
      channel = new InUse<>();
      channel.earlier = idle.remove(send.address());
      inUse.put(send.address(), channel);
    }
    channel.unfinished++;
    if (channel.earlier != null || channel.asked) {
      return Optional.empty();
    }
    channel.asked = true;
    Optional<Instant> since = provenSince.or(send::notMadeBefore);
    return Optional.of(
        new PendingTakeover<>(
            owner,
            new Takeover(
                partition, send.position().offset(), since, send.mark().label() != Mark.NO_LABEL),
            send.origin(),
            openedAt + hold.toNanos()));
  }

  /** Takes the answer for a channel and returns the lanes that waited for it. */
  List<Lane<R>> answer(ChannelAddress address, EarlierSends sends) {
    provenSince = provenSince.or(sends::provenSince);
    InUse<R> channel = inUse.get(address);
    if (channel == null) {
      return List.of();
    }
    channel.earlier = sends;
    List<Lane<R>> waited = List.copyOf(channel.held);
    channel.held.clear();
    restIfUnused(address, channel);
    return waited;
  }

  /** What is known of a channel; empty while that is asked. */
  Optional<EarlierSends> of(ChannelAddress address) {
    InUse<R> channel = inUse.get(address);
    return channel == null ? Optional.empty() : Optional.ofNullable(channel.earlier);
  }

  /** Lets a lane wait for the answer on its head's channel. */
  void hold(Lane<R> lane) {
    ChannelAddress address = lane.head().send().address();
    InUse<R> channel = inUse.get(address);
    if (channel == null) {
      throw new IllegalStateException("A send waits for a channel that is not in use.");
    }
    channel.held.add(lane);
  }

  /** Notes that a send is finished. */
  void finished(Send<R> send) {
    InUse<R> channel = inUse.get(send.address());
    if (channel != null) {
      channel.unfinished--;
      restIfUnused(send.address(), channel);
    }
  }

  private void restIfUnused(ChannelAddress address, InUse<R> channel) {
    if (channel.unfinished == 0 && channel.earlier != null) {
      inUse.remove(address);
      idle.put(address, channel.earlier);
    }
  }

  /** Gives up the memory of offsets below {@code offset}, from time to time. */
  void forgetBelow(long offset) {
    if (offset - forgottenBelow < FORGET_EVERY) {
      return;
    }
    forgottenBelow = offset;
    idle.values().forEach(sends -> sends.forgetBelow(offset));
    for (InUse<R> channel : inUse.values()) {
      if (channel.earlier != null) {
        channel.earlier.forgetBelow(offset);
      }
    }
  }

  /** The places where lanes wait. */
  List<Collection<Lane<R>>> waiting() {
    List<Collection<Lane<R>>> places = new ArrayList<>();
    inUse.values().forEach(channel -> places.add(channel.held));
    return places;
  }

  /** How many lanes wait. */
  int held() {
    return inUse.values().stream().mapToInt(channel -> channel.held.size()).sum();
  }

  /** How many channels are remembered. */
  int channels() {
    return inUse.size() + idle.size();
  }
}
