package dev.birdconnect.quickstart.flow;

import dev.birdconnect.quickstart.evidence.RecordCoordinates;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the coordinates of a record out of the reference that the sink gave its message. */
final class SinkReference {

  // bk1:<namespace>:<topic>:<partition>:<offset>:<guard>; neither namespace nor topic has a colon.
  private static final Pattern FORM =
      Pattern.compile(
          "bk1:[^:]+:(?<topic>[^:]+):(?<partition>\\d{1,9}):(?<offset>\\d{1,18}):[^:]+");

  private SinkReference() {}

  /** Returns the coordinates, or nothing when the sink did not write this reference. */
  static Optional<RecordCoordinates> coordinates(String reference) {
    Matcher matcher = FORM.matcher(reference);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new RecordCoordinates(
            matcher.group("topic"),
            Integer.parseInt(matcher.group("partition")),
            Long.parseLong(matcher.group("offset"))));
  }
}
