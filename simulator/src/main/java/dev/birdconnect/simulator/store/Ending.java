package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.life.MagicReceivers;
import dev.birdconnect.simulator.life.MessageStatus;
import dev.birdconnect.simulator.life.Outcome;
import dev.birdconnect.simulator.life.Timeline;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a message ends, where its content, its receiver or the switch of assumption 17 decides that
 * rather than the profile of its channel. Settled when the message is made.
 *
 * @param outcome the end that is certain
 * @param failsAfter the status that a late failure follows
 * @param delay how long after that status
 */
record Ending(Optional<Outcome> outcome, Optional<MessageStatus> failsAfter, Duration delay) {
  private static final Map<Choice, Outcome> ENDS =
      Map.of(
          Choice.STOPS_AT_SENT, Outcome.SENT_ONLY,
          Choice.ALL_REJECTED, Outcome.REJECTED,
          Choice.ALL_SKIPPED, Outcome.SKIPPED,
          Choice.ALL_SENDING_FAILED, Outcome.SENDING_FAILED,
          Choice.ALL_DELIVERY_FAILED, Outcome.DELIVERY_FAILED,
          Choice.LATE_FAILURE_AFTER_SENT, Outcome.SENT_ONLY,
          Choice.LATE_FAILURE_AFTER_DELIVERED, Outcome.DELIVERED);

  static Ending of(Draft draft, boolean magicReceivers, SwitchValues values) {
    Optional<Outcome> own = draft.outcome();
    if (own.isEmpty() && magicReceivers) {
      own = MagicReceivers.outcome(draft.receiver());
    }
    if (own.isPresent() || values.has(Choice.BY_PROFILE)) {
      return new Ending(own, Optional.empty(), Duration.ZERO);
    }
    Optional<MessageStatus> failsAfter = Optional.empty();
    if (values.has(Choice.LATE_FAILURE_AFTER_SENT)) {
      failsAfter = Optional.of(MessageStatus.SENT);
    } else if (values.has(Choice.LATE_FAILURE_AFTER_DELIVERED)) {
      failsAfter = Optional.of(MessageStatus.DELIVERED);
    }
    return new Ending(
        ENDS.entrySet().stream()
            .filter(end -> values.has(end.getKey()))
            .map(Map.Entry::getValue)
            .findFirst(),
        failsAfter,
        values.duration(Switch.LATE_FAILURE_DELAY));
  }

  Timeline applied(Timeline timeline) {
    return failsAfter.map(after -> timeline.failingLate(after, delay)).orElse(timeline);
  }
}
