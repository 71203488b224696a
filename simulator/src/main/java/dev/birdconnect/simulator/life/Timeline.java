package dev.birdconnect.simulator.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The statuses of one message, each with the moment it begins: the present one is read off. */
public final class Timeline {
  private final List<Step> steps;

  private Timeline(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** An incoming message: delivered from the start (assumption 34). */
  public static Timeline incoming(long createdAtMillis) {
    return new Timeline(List.of(Step.plain(MessageStatus.DELIVERED, createdAtMillis)));
  }

  /**
   * An outgoing message.
   *
   * @param profile delays and shares of the channel
   * @param luck decides outcome and spread; equal luck, equal life
   * @param forced the outcome, where the receiver asks for one
   * @param createdAtMillis when the message was made
   * @param scheduledForMillis when it goes out, where that is later
   */
  public static Timeline outgoing(
      LifeProfile profile,
      long luck,
      Optional<Outcome> forced,
      long createdAtMillis,
      Optional<Long> scheduledForMillis) {
    SplittableRandom random = new SplittableRandom(luck);
    Outcome drawn = profile.outcome(random.nextDouble());
    Outcome outcome = forced.orElse(drawn);
    double factor = 1 + profile.spread() * (2 * random.nextDouble() - 1);
    long start = scheduledForMillis.orElse(createdAtMillis);
    List<Step> steps = new ArrayList<>(4);
    steps.add(
        Step.plain(
            scheduledForMillis.isPresent() ? MessageStatus.SCHEDULED : MessageStatus.ACCEPTED,
            createdAtMillis));
    long processing = start + stretched(profile.processingAfter(), factor);
    long sent = start + stretched(profile.sentAfter(), factor);
    long delivered = start + stretched(profile.deliveredAfter(), factor);
    switch (outcome) {
      case REJECTED, MISCONFIGURED, SKIPPED -> steps.add(outcome.stepAt(processing));
      case SENDING_FAILED -> {
        steps.add(Step.plain(MessageStatus.PROCESSING, processing));
        steps.add(outcome.stepAt(sent));
      }
      case SENT_ONLY -> {
        steps.add(Step.plain(MessageStatus.PROCESSING, processing));
        steps.add(outcome.stepAt(sent));
      }
      case DELIVERED, DELIVERY_FAILED -> {
        steps.add(Step.plain(MessageStatus.PROCESSING, processing));
        steps.add(Step.plain(MessageStatus.SENT, sent));
        steps.add(outcome.stepAt(delivered));
      }
    }
    return new Timeline(steps);
  }

  /**
   * The same with a late {@code delivery_failed} (assumption 17): it follows the given status, in
   * the place of whatever else would. Without that status nothing changes.
   */
  public Timeline failingLate(MessageStatus after, Duration delay) {
    List<Step> changed = new ArrayList<>(steps.size() + 1);
    for (Step step : steps) {
      changed.add(step);
      if (step.status() == after) {
        changed.add(Outcome.DELIVERY_FAILED.stepAt(step.sinceMillis() + delay.toMillis()));
        return new Timeline(changed);
      }
    }
    return this;
  }

  /**
   * The platform's time of the step that holds at this moment, in milliseconds since 1970
   * (assumption 18): the third status has the time of the second, and every later one an earlier
   * time.
   */
  public long platformTimeAt(long millis) {
    int present = steps.indexOf(at(millis));
    return switch (present) {
      case 0, 1 -> steps.get(present).sinceMillis();
      case 2 -> steps.get(1).sinceMillis();
      default -> (steps.get(0).sinceMillis() + steps.get(1).sinceMillis()) / 2;
    };
  }

  /** The step that holds at this moment, in milliseconds since 1970. */
  public Step at(long millis) {
    Step present = steps.get(0);
    for (Step step : steps) {
      if (step.sinceMillis() <= millis) {
        present = step;
      }
    }
    return present;
  }

  /** All steps, the first one first. */
  public List<Step> steps() {
    return steps;
  }

  private static long stretched(Duration delay, double factor) {
    return Math.round(delay.toMillis() * factor);
  }
}
