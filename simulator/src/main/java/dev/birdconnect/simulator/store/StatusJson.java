package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.life.Failure;
import dev.birdconnect.simulator.life.MessageStatus;
import dev.birdconnect.simulator.life.Step;
import java.util.EnumSet;
import java.util.Set;

/** Writes the fields of a message that follow from its status and need not be there. */
final class StatusJson {
  /** What the platform was asked to take; the reference's example shows parts of a failed send. */
  private static final Set<MessageStatus> WITH_PARTS =
      EnumSet.of(
          MessageStatus.SENT,
          MessageStatus.DELIVERED,
          MessageStatus.SENDING_FAILED,
          MessageStatus.DELIVERY_FAILED);

  private StatusJson() {}

  static void append(Position position, Step step, JsonBytes out) {
    // The texts are constants of the outcomes: they need no escaping.
    out.append(",\"reason\":\"").append(step.reason()).append('"');
    if (!step.details().isEmpty()) {
      out.append(",\"details\":\"").append(step.details()).append('"');
    }
    if (step.failure().isPresent()) {
      Failure failure = step.failure().get();
      out.append(",\"failure\":{\"code\":").append(Integer.toString(failure.code()));
      out.append(",\"description\":\"").append(failure.description());
      out.append("\",\"source\":{\"code\":\"").append(failure.sourceCode());
      out.append("\",\"name\":\"").append(failure.sourceName()).append("\"}}");
    }
    if (WITH_PARTS.contains(step.status())) {
      String id = position.id().toString();
      out.append(",\"parts\":[{\"platformReference\":\"p-").append(id.substring(24)).append("\"}]");
    }
  }
}
