package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.message.ApiTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of an answer in the types of Connect. One that is missing, or of another kind than
 * documented, is null: one odd message must not hold up a channel.
 */
final class Json {

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Json() {}

  /** A text; empty text counts as none, as the API writes it for absent ones. */
  static @Nullable String text(JsonNode value) {
    return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
  }

  static @Nullable Long integer(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
  }

  static @Nullable Double number(JsonNode value) {
    return value.isNumber() && Double.isFinite(value.doubleValue()) ? value.doubleValue() : null;
  }

  static @Nullable Boolean truth(JsonNode value) {
    return value.isBoolean() ? value.booleanValue() : null;
  }

  static @Nullable Date time(JsonNode value) {
    String text = text(value);
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
  static @Nullable String json(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? null : value.toString();
  }

  static @Nullable List<String> texts(JsonNode values) {
    return list(values, value -> value.isTextual() ? value.textValue() : null);
  }

  /** The entries that {@code reader} can read. */
  static <T> @Nullable List<T> list(JsonNode values, EntryReader<T> reader) {
    if (!values.isArray()) {
      return null;
    }
    List<T> list = new ArrayList<>(values.size());
    for (JsonNode value : values) {
      T read = reader.read(value);
      if (read != null) {
        list.add(read);
      }
    }
    return list;
  }

  /** Reads an entry of a list; null where it is of another kind than documented. */
  interface EntryReader<T> {
    @Nullable T read(JsonNode value);
  }
}
