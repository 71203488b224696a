package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the text of the documentation asks of a send beyond its schema. */
final class SendRules {
  private static final Duration FARTHEST_SCHEDULE = Duration.ofDays(35);
  private static final Duration AT_ONCE = Duration.ofMinutes(10);

  private SendRules() {}

  static Complaints check(JsonNode request, String platform, long nowMillis) {
    Complaints complaints = new Complaints();
    JsonNode contacts = request.path("receiver").path("contacts");
    if (contacts.isMissingNode()) {
      complaints.add(".receiver", "property \"contacts\" is missing");
    }
    if (contacts.size() > 1 && !platform.equals("email")) {
      complaints.add(".receiver.contacts", "several contacts are supported by email only");
    }
    if (request.has("body") && request.has("template")) {
      complaints.add(".template", "body and template exclude each other");
    }
    if (time(request)
        .filter(t -> t.toInstant().toEpochMilli() - nowMillis > FARTHEST_SCHEDULE.toMillis())
        .isPresent()) {
      complaints.add(".scheduledFor", "time must be at most 35 days ahead");
    }
    return complaints;
  }

  /** When the message goes out, where that is not at once (assumption 19). */
  static Optional<Long> scheduledFor(JsonNode request, long nowMillis) {
    return time(request)
        .map(t -> t.toInstant().toEpochMilli())
        .filter(at -> at - nowMillis > AT_ONCE.toMillis());
  }

  private static Optional<OffsetDateTime> time(JsonNode request) {
    return request.has("scheduledFor")
        ? Optional.of(
            OffsetDateTime.parse(
                request.path("scheduledFor").asString().toUpperCase(java.util.Locale.ROOT)))
        : Optional.empty();
  }
}
