package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checks of a send before its first call that have to know something of the API: its clock, for
 * a time it is scheduled for, and the platform of the channel, for several contacts. The platform
 * is read once per channel, and only sends with several contacts wait for it. What cannot be found
 * out is left to the API. Not thread-safe.
 *
 * @param <R> the record
 */
final class PreFlight<R> {

  /** So many platforms are remembered; beyond, the one used longest ago is asked for again. */
  static final int MOST_PLATFORMS = 1_000;

  /** After this time a channel that told no platform is asked again: rights may have changed. */
  static final Duration UNTOLD_FOR = Duration.ofMinutes(10);

  private final Supplier<Optional<Instant>> serverTime;
  private final LaneQueues<R> lanes;
  private final Endings<R> endings;
  private final Map<ChannelAddress, Platform> platforms = new RecentMap<>(MOST_PLATFORMS);
  private final Map<ChannelAddress, List<Lane<R>>> waiting = new HashMap<>();
  private List<ChannelAddress> toAsk = new ArrayList<>();

  /**
   * What a channel answered.
   *
   * @param id the platform, where it told
   * @param askedAt when it answered, by the clock's nanoseconds
   */
  private record Platform(Optional<String> id, long askedAt) {
    boolean holds(long now) {
      return id.isPresent() || now - askedAt < UNTOLD_FOR.toNanos();
    }
  }

  /**
   * @param serverTime the server's clock, where it is known
   * @param lanes the lanes, which wait while the platform is asked for
   * @param endings how sends end
   */
  PreFlight(Supplier<Optional<Instant>> serverTime, LaneQueues<R> lanes, Endings<R> endings) {
    this.serverTime = serverTime;
    this.lanes = lanes;
    this.endings = endings;
  }

  /** Whether the head of a lane may be sent; where not, the lane is put where it belongs. */
  boolean passes(Lane<R> lane, long now) {
    Queued<R> head = lane.head();
    if (waitsForPlatform(head.send(), now)) {
      hold(lane, head.send().address());
      return false;
    }
    try {
      check(head.send());
      return true;
    } catch (InvalidRequestException e) {
      endings.rejected(
          lane, head, Reason.of(String.valueOf(e.getMessage())), Rejection.Ground.CHECK, now);
      return false;
    }
  }

  /** Whether a send that is no head would pass, as far as that is known now. */
  boolean fits(Send<R> send, long now) {
    if (waitsForPlatform(send, now)) {
      return false;
    }
    try {
      check(send);
      return true;
    } catch (InvalidRequestException e) {
      return false;
    }
  }

  private boolean waitsForPlatform(Send<R> send, long now) {
    if (!send.request().hasSeveralContacts()) {
      return false;
    }
    Platform known = platforms.get(send.address());
    return known == null || !known.holds(now);
  }

  private void check(Send<R> send) throws InvalidRequestException {
    SendRequest request = send.request();
    if (request.hasSeveralContacts()) {
      Platform known = platforms.get(send.address());
      if (known != null && known.id().isPresent()) {
        request.checkPlatform(known.id().get());
      }
    }
    Optional<Instant> time = serverTime.get();
    if (time.isPresent()) {
      request.checkSchedule(time.get());
    }
  }

  private void hold(Lane<R> lane, ChannelAddress address) {
    waiting
        .computeIfAbsent(
            address,
            absent -> {
              toAsk.add(address);
              return new ArrayList<>();
            })
        .add(lane);
  }

  /** The channels whose platform is asked for now. Each has to be {@link #answered}. */
  List<ChannelAddress> ask() {
    if (toAsk.isEmpty()) {
      return List.of();
    }
    List<ChannelAddress> asked = toAsk;
    toAsk = new ArrayList<>();
    return asked;
  }

  /**
   * Takes the platform of a channel.
   *
   * @param platformId the platform; empty where the API does not tell
   */
  void answered(ChannelAddress address, Optional<String> platformId, long now) {
    platforms.put(address, new Platform(platformId, now));
    List<Lane<R>> waited = waiting.remove(address);
    if (waited != null) {
      lanes.ready(waited);
    }
  }

  /** The places where lanes wait for a platform. */
  Collection<List<Lane<R>>> waiting() {
    return waiting.values();
  }

  /** How many lanes wait for a platform. */
  int waitingLanes() {
    return waiting.values().stream().mapToInt(List::size).sum();
  }
}
