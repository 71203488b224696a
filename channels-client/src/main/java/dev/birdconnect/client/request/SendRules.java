package dev.birdconnect.client.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the documentation asks of a send beyond its form (page <i>Messaging</i>). */
final class SendRules {

  /** Largest body of a request. */
  static final int MOST_BYTES = 200_000;

  private static final int MOST_TAGS = 10;
  private static final Duration FURTHEST_SCHEDULE = Duration.ofDays(35);
  private static final Duration CLOCK_SLACK = Duration.ofMinutes(1);
  private static final Pattern PLATFORM_NAME = Pattern.compile("[A-Za-z0-9-]{1,40}");
  private static final List<String> CONTACT_NAMES =
      List.of("id", "identifierValue", "identifiers", "platformAddress", "platformAddressSelector");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_ -]{1,50}");
  private static final int MOST_BYTES_PER_CHARACTER = 6;
  private static final int MOST_BYTES_AROUND_A_VALUE = 4;
  private static final SendOutline.Unknown NOTHING =
      new SendOutline.Unknown() {
        @Override
        public boolean value(JsonNode node) {
          return false;
        }

        @Override
        public boolean presence(JsonNode node) {
          return false;
        }
      };

  private SendRules() {}

  static List<FieldComplaint> complaints(JsonNode send) {
    return outline(send, NOTHING);
  }

  /** The complaints about a send of which parts are not known. */
  static List<FieldComplaint> outline(JsonNode send, SendOutline.Unknown unknown) {
    List<FieldComplaint> complaints = new ArrayList<>();
    content(send, unknown).ifPresent(complaints::add);
    receiver(send.path("receiver"), unknown, complaints);
    JsonNode html = send.path("body").path("html");
    if (html.isObject() && !html.has("text") && !html.has("html")) {
      complaints.add(new FieldComplaint(".body.html", "give at least one of text and html"));
    }
    tags(send.path("tags"), unknown, complaints);
    JsonNode scheduled = send.path("scheduledFor");
    if (scheduled.isTextual() && !unknown.value(scheduled) && time(scheduled).isEmpty()) {
      complaints.add(
          new FieldComplaint(
              ".scheduledFor", "value must be a time in RFC 3339, such as 2031-03-01T13:00:00Z"));
    }
    return complaints;
  }

  private static Optional<FieldComplaint> content(JsonNode send, SendOutline.Unknown unknown) {
    boolean body = send.has("body");
    boolean template = send.has("template");
    if (!body && !template) {
      return Optional.of(
          new FieldComplaint(
              ".body", "neither body nor template is there; give exactly one of them"));
    }
    return body
            && template
            && !unknown.presence(send.get("body"))
            && !unknown.presence(send.get("template"))
        ? Optional.of(
            new FieldComplaint(
                ".body", "body and template are both there; keep exactly one of them"))
        : Optional.empty();
  }

  private static void receiver(
      JsonNode receiver, SendOutline.Unknown unknown, List<FieldComplaint> complaints) {
    JsonNode contacts = receiver.path("contacts");
    if (unknown.value(receiver) || unknown.value(contacts)) {
      return;
    }
    if (contacts.isEmpty()) {
      complaints.add(
          new FieldComplaint(".receiver.contacts", "there is no contact; give at least one"));
    }
    for (int i = 0; i < contacts.size(); i++) {
      JsonNode contact = contacts.get(i);
      if (!unknown.value(contact) && namesNobody(contact)) {
        complaints.add(
            new FieldComplaint(
                ".receiver.contacts[" + i + "]",
                "the contact names nobody; give identifierValue or id"));
      }
    }
  }

  private static boolean namesNobody(JsonNode contact) {
    for (String name : CONTACT_NAMES) {
      if (!isEmpty(contact.path(name))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isTextual() ? node.textValue().isBlank() : node.isEmpty();
  }

  /** The contacts of a send. */
  static JsonNode contacts(JsonNode send) {
    return send.path("receiver").path("contacts");
  }

  /** The complaint about several contacts on a platform that takes one. */
  static Optional<FieldComplaint> platform(JsonNode send, String platformId) {
    int contacts = contacts(send).size();
    if (contacts <= 1 || platformId.toLowerCase(Locale.ROOT).contains("mail")) {
      return Optional.empty();
    }
    String name =
        PLATFORM_NAME.matcher(platformId).matches() ? " (platform " + platformId + ")" : "";
    return Optional.of(
        new FieldComplaint(
            ".receiver.contacts",
            "there are "
                + contacts
                + " contacts, but the channel"
                + name
                + " takes one; keep one of them, or use a channel for email, which takes several"));
  }

  /** The complaint about a time that is too far ahead. */
  static Optional<FieldComplaint> schedule(JsonNode send, Instant serverTime) {
    return time(send.path("scheduledFor"))
        .filter(serverTime.plus(FURTHEST_SCHEDULE).plus(CLOCK_SLACK)::isBefore)
        .map(
            tooFar ->
                new FieldComplaint(
                    ".scheduledFor",
                    "the time is more than "
                        + FURTHEST_SCHEDULE.toDays()
                        + " days ahead; give an earlier one, or produce the record later"));
  }

  private static void tags(
      JsonNode tags, SendOutline.Unknown unknown, List<FieldComplaint> complaints) {
    int certain = 0;
    for (int i = 0; i < tags.size(); i++) {
      JsonNode tag = tags.get(i);
      certain += unknown.presence(tag) ? 0 : 1;
      if (tag.isTextual() && !unknown.value(tag) && !TAG.matcher(tag.textValue()).matches()) {
        complaints.add(
            new FieldComplaint(
                ".tags[" + i + "]",
                "a tag has 1 to 50 letters, digits, hyphens, underscores and spaces; change it"));
      }
    }
    if (certain > MOST_TAGS) {
      complaints.add(
          new FieldComplaint(".tags", "there are more than " + MOST_TAGS + " tags; remove some"));
    }
  }

  /** A time as the API takes it; empty when the text is none. */
  static Optional<Instant> time(JsonNode text) {
    if (!text.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.textValue()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** More than the bytes that a tree takes as JSON in UTF-8, found out without writing it. */
  static long bytesAtMost(JsonNode node) {
    if (!node.isContainerNode()) {
      int characters = node.asText().length();
      return MOST_BYTES_AROUND_A_VALUE
          + (long) characters
              * (node.getNodeType() == JsonNodeType.STRING ? MOST_BYTES_PER_CHARACTER : 1);
    }
    long bytes = MOST_BYTES_AROUND_A_VALUE;
    if (node.isArray()) {
      for (JsonNode element : node) {
        bytes += bytesAtMost(element);
      }
      return bytes;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      bytes +=
          MOST_BYTES_AROUND_A_VALUE
              + (long) member.getKey().length() * MOST_BYTES_PER_CHARACTER
              + bytesAtMost(member.getValue());
    }
    return bytes;
  }

  /** Bytes of a tree as JSON if every character took one. */
  static int bytesAbout(JsonNode node) {
    if (!node.isContainerNode()) {
      return node.asText().length() + (node.isTextual() ? 2 : 0);
    }
    int bytes = 2 + Math.max(0, node.size() - 1);
    if (node.isArray()) {
      for (JsonNode element : node) {
        bytes += bytesAbout(element);
      }
      return bytes;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      bytes += member.getKey().length() + 3 + bytesAbout(member.getValue());
    }
    return bytes;
  }

  /** The complaint about a request that is too large; it names the member that takes most of it. */
  static FieldComplaint tooLarge(JsonNode send, int bytes) {
    String largest =
        send.properties().stream()
            .max(
                Comparator.comparingInt(
                    member -> member.getValue().toString().getBytes(StandardCharsets.UTF_8).length))
            .map(Map.Entry::getKey)
            .orElse("");
    return new FieldComplaint(
        "." + largest,
        "the request has "
            + bytes
            + " bytes, the API takes "
            + MOST_BYTES
            + ", and most of them are here; make it smaller");
  }
}
