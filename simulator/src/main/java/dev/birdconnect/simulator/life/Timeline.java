package dev.birdconnect.simulator.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
   * An outgoing message that passes these moments on the way to its outcome, as far as it gets; all
   * in milliseconds since 1970.
   *
   * @param begin the first step
   * @param processing start of {@code processing}, or of an outcome before it
   * @param sent start of {@code sent}, or of an outcome in its place
   * @param end start of an outcome after {@code sent}
   */
  public static Timeline passing(
      Step begin, Outcome outcome, long processing, long sent, long end) {
    List<Step> steps = new ArrayList<>(4);
    steps.add(begin);
    switch (outcome) {
      case REJECTED, MISCONFIGURED, SKIPPED -> steps.add(outcome.stepAt(processing));
      case SENDING_FAILED, GIVEN_UP, SENT_ONLY -> {
        steps.add(Step.plain(MessageStatus.PROCESSING, processing));
        steps.add(outcome.stepAt(sent));
      }
      case DELIVERED, DELIVERY_FAILED -> {
        steps.add(Step.plain(MessageStatus.PROCESSING, processing));
        steps.add(Step.plain(MessageStatus.SENT, sent));
        steps.add(outcome.stepAt(end));
      }
    }
    return new Timeline(steps);
  }

  /** What the receiver does with a message of this life, in order of time. */
  public List<Moment> moments(List<Habit> habits, long luck) {
    Step last = last();
    if (last.status() != MessageStatus.DELIVERED) {
      return List.of();
    }
    return habits.stream()
        .map(habit -> new Moment(habit.type(), habit.momentMillis(luck, last.sinceMillis())))
        .filter(moment -> moment.atMillis() != Long.MAX_VALUE)
        .sorted(Comparator.comparingLong(Moment::atMillis))
        .toList();
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

  /** The step at which nothing follows. */
  public Step last() {
    return steps.get(steps.size() - 1);
  }

  /** All steps, the first one first. */
  public List<Step> steps() {
    return steps;
  }
}
