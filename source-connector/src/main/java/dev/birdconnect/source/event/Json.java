package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.message.ApiTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an answer in the types of Connect. A field that is missing, or of another kind than
 * documented, is null: one odd message must not hold up a channel.
 */
final class Json {

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Json() {}

  /** A text; empty text counts as none, as the API writes it for absent ones. */
  static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
  }

  static @Nullable Long integer(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
  }

  static @Nullable Double number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() && Double.isFinite(value.doubleValue()) ? value.doubleValue() : null;
  }

  static @Nullable Boolean truth(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isBoolean() ? value.booleanValue() : null;
  }

  static @Nullable Date time(JsonNode node, String field) {
    String text = text(node, field);
    return text == null ? null : ApiTime.parse(text).map(Json::date).orElse(null);
  }

  /** A time as Connect writes it, in milliseconds; beyond the years 1 to 9999 the nearest one. */
  static Date date(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return Date.from(EARLIEST);
    }
    return Date.from(time.isAfter(LATEST) ? LATEST : time);
  }

  /** Whatever is there, as JSON text. */
  static @Nullable String json(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() ? null : value.toString();
  }

  /** The fields that are not among {@code known}, as JSON text. */
  static @Nullable String otherFields(JsonNode resource, Set<String> known) {
    ObjectNode others = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : resource.properties()) {
      if (!known.contains(field.getKey())) {
        others.set(field.getKey(), field.getValue());
      }
    }
    return others.isEmpty() ? null : others.toString();
  }

  static @Nullable List<String> texts(JsonNode node, String field) {
    return list(node, field, value -> value.isTextual() ? value.textValue() : null);
  }

  /** The entries that {@code reader} can read. */
  static <T> @Nullable List<T> list(
      JsonNode node, String field, Function<JsonNode, @Nullable T> reader) {
    JsonNode values = node.path(field);
    if (!values.isArray()) {
      return null;
    }
    List<T> list = new ArrayList<>(values.size());
    for (JsonNode value : values) {
      T read = reader.apply(value);
      if (read != null) {
        list.add(read);
      }
    }
    return list;
  }
}
