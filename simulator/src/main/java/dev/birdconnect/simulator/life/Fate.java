package dev.birdconnect.simulator.life;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * All that decides how an outgoing message lives.
 *
 * @param profile delays and shares of the channel when the message was made
 * @param luck decides outcome, spread and interactions; equal luck, equal life
 * @param forced the outcome, where the receiver asks for one
 * @param createdAtMillis when the message was made
 * @param scheduledForMillis when it goes out, where that is later
 * @param handover how it gets to the platform
 */
public record Fate(
    LifeProfile profile,
    long luck,
    Optional<Outcome> forced,
    long createdAtMillis,
    Optional<Long> scheduledForMillis,
    Handover handover) {
  private static final Handover IN_TIME = new Handover.InTime();

  private record Draw(Outcome outcome, double factor) {}

  /**
   * The fate of a message, with its place at the platform taken where the profile has a rate.
   *
   * @param platform what the platform of the channel takes
   */
  public static Fate of(
      LifeProfile profile,
      long luck,
      Optional<Outcome> forced,
      long createdAtMillis,
      Optional<Long> scheduledForMillis,
      Throughput platform) {
    Fate free = new Fate(profile, luck, forced, createdAtMillis, scheduledForMillis, IN_TIME);
    if (profile.ratePerSecond().isEmpty() || !free.draw().outcome().isHandedOver()) {
      return free;
    }
    Handover handover =
        platform.handOver(profile.ratePerSecond().getAsInt(), free.sentMillis(), luck);
    return new Fate(profile, luck, forced, createdAtMillis, scheduledForMillis, handover);
  }

  /** Where the message ends. */
  public Outcome outcome() {
    return draw().outcome();
  }

  /** All statuses. */
  public Timeline life() {
    Draw draw = draw();
    MessageStatus first =
        scheduledForMillis.isPresent() ? MessageStatus.SCHEDULED : MessageStatus.ACCEPTED;
    Step begin = Step.plain(first, createdAtMillis);
    long processing = startMillis() + stretched(profile.pace().processingAfter().toMillis(), draw);
    if (handover instanceof Handover.GivenUp givenUp) {
      return Timeline.passing(begin, Outcome.GIVEN_UP, processing, givenUp.atMillis(), 0);
    }
    long sent =
        handover instanceof Handover.Later later ? later.atMillis() : startMillis() + sent(draw);
    long onTheWay = stretched(profile.pace().deliveredAfter().toMillis(), draw) - sent(draw);
    return Timeline.passing(begin, draw.outcome(), processing, sent, sent + onTheWay);
  }

  /** What the receiver does with the message, in order of time. */
  public List<Moment> moments() {
    return profile.habits().isEmpty() ? List.of() : life().moments(profile.habits(), luck);
  }

  private long startMillis() {
    return scheduledForMillis.orElse(createdAtMillis);
  }

  private long sentMillis() {
    return startMillis() + sent(draw());
  }

  private long sent(Draw draw) {
    return stretched(profile.pace().sentAfter().toMillis(), draw);
  }

  private static long stretched(long millis, Draw draw) {
    return Math.round(millis * draw.factor());
  }

  private Draw draw() {
    SplittableRandom random = new SplittableRandom(luck);
    Outcome drawn = profile.outcome(random.nextDouble());
    double factor = 1 + profile.pace().spread() * (2 * random.nextDouble() - 1);
    return new Draw(forced.orElse(drawn), factor);
  }
}
