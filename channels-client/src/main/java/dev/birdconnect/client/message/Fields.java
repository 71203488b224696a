package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  /** A text that is not empty. */
  static Optional<String> nonEmptyText(JsonNode resource, String field) {
    return optionalText(resource, field).filter(text -> !text.isEmpty());
  }

  static void object(JsonNode resource, String name) throws UnreadableResourceException {
    if (!resource.isObject()) {
      throw new UnreadableResourceException(name + " is not a JSON object");
    }
  }

  /** Reads one entry of a list. */
  interface EntryReader<T> {
    T read(JsonNode entry) throws UnreadableResourceException;
  }

  /** The entries of a list. */
  record Entries<T>(List<T> readable, List<UnreadableEntry> unreadable) {}

  /** The entries of the field {@code results}, each by itself. */
  static <T> Entries<T> results(JsonNode answer, EntryReader<T> reader)
      throws UnreadableResourceException {
    JsonNode results = answer.path("results");
    if (!results.isArray()) {
      throw new UnreadableResourceException("the field results is not a list");
    }
    List<T> readable = new ArrayList<>(results.size());
    List<UnreadableEntry> unreadable = new ArrayList<>();
    for (JsonNode result : results) {
      try {
        readable.add(reader.read(result));
      } catch (UnreadableResourceException e) {
        String problem = String.valueOf(e.getMessage());
        unreadable.add(new UnreadableEntry(readable.size(), problem, result));
      }
    }
    return new Entries<>(readable, unreadable);
  }

  /** The cursor of the next page; absent or empty on the last one. */
  static Optional<String> nextPageToken(JsonNode answer) {
    return nonEmptyText(answer, "nextPageToken");
  }

  static Instant time(JsonNode resource, String field) throws UnreadableResourceException {
    return optionalTime(resource, field)
        .orElseThrow(
            () -> new UnreadableResourceException("the field " + field + " holds no time"));
  }

  /** A time; empty when there is none, or the text is none. */
  static Optional<Instant> optionalTime(JsonNode resource, String field) {
    return optionalText(resource, field).flatMap(ApiTime::parse);
  }
}
