package dev.birdconnect.source.status;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which open messages may be read again, and how much there is to gain: how many changes the
 * reading may be expected to show, by what {@link ChangeRates} has learned and by how long ago it
 * was read.
 */
public final class ReadPlan {

  /** However many reads are left, a message rests for this part of its age. */
  private static final int LEAST_SHARE_OF_AGE = 100;

  /** The longest time that it rests for so. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(90);

  /** How often one is looked at that waits for the time it is scheduled for. */
  private static final Duration REST_WHEN_SCHEDULED = Duration.ofMinutes(15);

  private static final double MILLIS = 1e3;

  private final Duration shortestRest;
  private final long begun;
  private final ChangeRates rates = new ChangeRates();
  private final Map<String, Long> seenAt = new HashMap<>();

  /**
   * A message that may be read.
   *
   * @param message the message
   * @param changes how many changes of it a reading may be expected to show
   */
  public record Due(KnownMessage message, double changes) {}

  /**
   * @param shortestRest shortest time between two readings of a message
   * @param now a clock that only goes forward, in nanoseconds
   */
  public ReadPlan(Duration shortestRest, long now) {
    this.shortestRest = shortestRest;
    this.begun = now;
  }

  /**
   * Notes that a message was read, alone or on a page. Only what is open is kept.
   *
   * @param before as it was known before
   * @param after as it is known now
   * @param serverTime the server's time
   * @param now the clock, in nanoseconds
   */
  public void read(
      Optional<KnownMessage> before, Optional<KnownMessage> after, Instant serverTime, long now) {
    Optional<KnownMessage> open = before.filter(message -> !message.isFinal());
    if (open.isEmpty()) {
      after
          .filter(message -> !message.isFinal())
          .ifPresent(message -> restsFrom(message.id(), now));
      return;
    }
    Long last = seenAt.put(open.get().id(), now);
    Duration age = open.get().age(serverTime);
    if (last != null && !age.isNegative()) {
      rates.learn(age, Duration.ofNanos(now - last), !before.equals(after));
    }
  }

  /** A message is not to be read for a while, and there is nothing to learn from it. */
  public void restsFrom(String id, long now) {
    seenAt.put(id, now);
  }

  /** Whether a message was read since a time of the same clock. */
  public boolean isSeenSince(String id, long time) {
    Long seen = seenAt.get(id);
    return seen != null && seen - time >= 0;
  }

  /** Forgets what is noted of others than these, the channel's open messages. */
  public void keepTo(Collection<KnownMessage> open) {
    if (seenAt.size() > open.size()) {
      seenAt.keySet().retainAll(open.stream().map(KnownMessage::id).collect(toSet()));
    }
  }

  /**
   * What may be read now.
   *
   * @param open all open messages of the channel; what is noted of others is forgotten
   * @param serverTime the server's time
   * @param now the clock, in nanoseconds
   */
  public List<Due> due(Collection<KnownMessage> open, Instant serverTime, long now) {
    keepTo(open);
    List<Due> due = new ArrayList<>();
    for (KnownMessage message : open) {
      Duration age = message.age(serverTime);
      Duration waited = Duration.ofNanos(waited(message, now));
      if (waited.compareTo(rest(age)) >= 0) {
        double changes = rates.perSecond(age) * waited.toMillis() / MILLIS;
        due.add(new Due(message, changes));
      }
    }
    return due;
  }

  /** One that was not seen since the start has waited before it too. */
  private long waited(KnownMessage message, long now) {
    Long seen = seenAt.get(message.id());
    return seen == null ? now - begun + REST_WHEN_SCHEDULED.toNanos() : now - seen;
  }

  private Duration rest(Duration age) {
    if (age.isNegative()) {
      return REST_WHEN_SCHEDULED;
    }
    Duration rest = age.dividedBy(LEAST_SHARE_OF_AGE);
    if (rest.compareTo(LONGEST_REST) > 0) {
      rest = LONGEST_REST;
    }
    return rest.compareTo(shortestRest) < 0 ? shortestRest : rest;
  }
}
