package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.life.Outcome;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the text of the documentation asks of a send beyond its schema. */
final class SendRules {
  private static final Duration FARTHEST_SCHEDULE = Duration.ofDays(35);
  private static final Duration AT_ONCE = Duration.ofMinutes(10);
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

  private SendRules() {}

  /** What is answered with 422. */
  static Complaints check(JsonNode request, String platform, long now, SwitchValues switches) {
    Complaints complaints = new Complaints();
    JsonNode contacts = request.path("receiver").path("contacts");
    if (contacts.isMissingNode() && switches.has(Choice.EMPTY_REFUSED)) {
      complaints.add(".receiver", "property \"contacts\" is missing");
    }
    if (hasTooManyContacts(request, platform) && switches.has(Choice.SEVERAL_422)) {
      complaints.add(".receiver.contacts", "several contacts are supported by email only");
    }
    if (request.has("body") && request.has("template") && switches.has(Choice.BOTH_REFUSED)) {
      complaints.add(".template", "body and template exclude each other");
    }
    if (isTooFarAhead(request, now) && switches.has(Choice.FAR_REFUSED)) {
      complaints.add(".scheduledFor", "time must be at most 35 days ahead");
    }
    if (switches.has(Choice.IDENTIFIERS_CHECKED)) {
      for (int i = 0; i < contacts.size(); i++) {
        checkIdentifier(contacts.path(i), ".receiver.contacts[" + i + "]", complaints);
      }
    }
    return complaints;
  }

  /** How a message ends that is taken in although it breaks a rule. */
  static Optional<Outcome> outcome(
      JsonNode request, String platform, long now, SwitchValues switches) {
    if (hasTooManyContacts(request, platform) && switches.has(Choice.SEVERAL_REJECTED)) {
      return Optional.of(Outcome.MISCONFIGURED);
    }
    return isTooFarAhead(request, now) && switches.has(Choice.FAR_REJECTED)
        ? Optional.of(Outcome.REJECTED)
        : Optional.empty();
  }

  /** Several contacts are for email only. */
  static boolean hasTooManyContacts(JsonNode request, String platform) {
    return request.path("receiver").path("contacts").size() > 1 && !platform.equals("email");
  }

  /** When the message goes out, where that is not at once (assumption 19). */
  static Optional<Long> scheduledFor(JsonNode request, long nowMillis) {
    return time(request).filter(at -> at - nowMillis > AT_ONCE.toMillis());
  }

  private static boolean isTooFarAhead(JsonNode request, long nowMillis) {
    return time(request).filter(at -> at - nowMillis > FARTHEST_SCHEDULE.toMillis()).isPresent();
  }

  private static void checkIdentifier(JsonNode contact, String path, Complaints complaints) {
    if (contact.has("identifierValue")) {
      String value = contact.path("identifierValue").asString();
      String key = contact.path("identifierKey").asString(MessageResource.keyOf(value));
      if (key.equals("phonenumber") && !E164.matcher(value).matches()) {
        complaints.add(path + ".identifierValue", "value must be a phone number in E.164");
      }
      if (key.equals("emailaddress") && value.indexOf('@') < 1) {
        complaints.add(path + ".identifierValue", "value must be an email address");
      }
    }
  }

  private static Optional<Long> time(JsonNode request) {
    if (!request.has("scheduledFor")) {
      return Optional.empty();
    }
    try {
      String text = request.path("scheduledFor").asString().toUpperCase(Locale.ROOT);
      return Optional.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      // Passes only where formats are not checked (assumption 35).
      return Optional.empty();
    }
  }
}
