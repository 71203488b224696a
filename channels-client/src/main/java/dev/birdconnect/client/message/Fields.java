package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads typed fields from an answer. */
final class Fields {

  private Fields() {}

  static String text(JsonNode resource, String field) throws UnreadableResourceException {
    return optionalText(resource, field)
        .orElseThrow(() -> new UnreadableResourceException("the field " + field + " is missing"));
  }

  static Optional<String> optionalText(JsonNode resource, String field) {
    JsonNode node = resource.path(field);
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }

  static Instant time(JsonNode resource, String field) throws UnreadableResourceException {
    return optionalTime(resource, field)
        .orElseThrow(
            () -> new UnreadableResourceException("the field " + field + " holds no time"));
  }

  /** A time in RFC 3339 with any number of decimals (assumption 29); empty when it is none. */
  static Optional<Instant> optionalTime(JsonNode resource, String field) {
    Optional<String> text = optionalText(resource, field);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
