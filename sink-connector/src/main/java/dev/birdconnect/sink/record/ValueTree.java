package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.jspecify.annotations.Nullable;

/**
 * A record's value as a JSON tree. Fields of a struct that are null are left out, unions are the
 * value they hold; bytes stay bytes until their place is known (as JSON they are base64), Decimal
 * becomes a number, Date {@code 2031-03-01}, Time {@code 13:00:00.000} and Timestamp {@code
 * 2031-03-01T13:00:00Z}. JSON text is parsed.
 */
public final class ValueTree {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_ZEROES = 400;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private ValueTree() {}

  /**
   * The tree.
   *
   * @param value struct, map, or JSON text (also as bytes in UTF-8)
   * @param schema its schema, where the converter gave one
   * @throws UnfitRecordException when a part has no place in JSON; names the field
   */
  public static JsonNode of(Object value, @Nullable Schema schema) throws UnfitRecordException {
    JsonNode tree = tree(value, schema);
    checkTexts(tree, "");
    return tree;
  }

  /**
   * One part of a record as JSON; text as it is, bytes as bytes.
   *
   * @param path what complaints call it
   * @throws UnfitRecordException when it has no form in JSON
   */
  static JsonNode part(Object value, @Nullable Schema schema, String path)
      throws UnfitRecordException {
    JsonNode node = convert(new Typed(value, schema), Place.top(path));
    checkTexts(node, path);
    return node;
  }

  /** The whole of a key, value or header as JSON: as {@link #part}, but bytes are text in UTF-8. */
  static JsonNode whole(Object value, @Nullable Schema schema, String path)
      throws UnfitRecordException {
    if (value instanceof byte[] utf8) {
      return NODES.textNode(RecordFields.text(ByteBuffer.wrap(utf8), path));
    }
    return value instanceof ByteBuffer utf8
        ? NODES.textNode(RecordFields.text(utf8, path))
        : part(value, schema, path);
  }

  private static JsonNode tree(Object value, @Nullable Schema schema) throws UnfitRecordException {
    if (value instanceof String text) {
      return JsonText.parse(text);
    }
    if (value instanceof byte[] utf8) {
      return JsonText.parse(utf8);
    }
    if (value instanceof ByteBuffer utf8) {
      return JsonText.parse(bytes(utf8));
    }
    return convert(new Typed(value, schema), Place.top(""));
  }

  /** Half of a surrogate pair has no form in UTF-8, so the request could not be written. */
  static void checkTexts(JsonNode node, String path) throws UnfitRecordException {
    if (!isWritable(node)) {
      complain(node, Place.top(path));
    }
  }

  private static boolean isWritable(JsonNode node) {
    if (node.isTextual()) {
      return isWritable(node.textValue());
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        if (!isWritable(field.getKey()) || !isWritable(field.getValue())) {
          return false;
        }
      }
    } else if (node.isArray()) {
      for (JsonNode element : node) {
        if (!isWritable(element)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Names the place of the first text that cannot be written. */
  private static void complain(JsonNode node, Place place) throws UnfitRecordException {
    if (node.isTextual()) {
      checkText(node.textValue(), place);
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        complain(node.get(i), place.element(i));
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        checkText(field.getKey(), place);
        complain(field.getValue(), place.member(field.getKey()));
      }
    }
  }

  private static void checkText(String text, Place place) throws UnfitRecordException {
    if (!isWritable(text)) {
      throw place.unfit("the text holds half of a surrogate pair; write the whole character");
    }
  }

  private static boolean isWritable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        if (!Character.isHighSurrogate(unit)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static JsonNode convert(Typed part, Place place) throws UnfitRecordException {
    Typed open = part.opened();
    Object value = open.value();
    if (value == null) {
      return NODES.nullNode();
    }
    place.enter();
    if (value instanceof Struct struct) {
      return struct(struct, place);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, open.schema(), place);
    }
    if (value instanceof Collection<?> list) {
      return list(list, open.schema(), place);
    }
    return scalar(value, open.schema(), place);
  }

  private static JsonNode struct(Struct struct, Place place) throws UnfitRecordException {
    ObjectNode object = NODES.objectNode();
    for (Field field : struct.schema().fields()) {
      Object value = struct.get(field);
      if (value != null) {
        object.set(
            field.name(), convert(new Typed(value, field.schema()), place.member(field.name())));
      }
    }
    return object;
  }

  private static JsonNode map(Map<?, ?> map, @Nullable Schema schema, Place place)
      throws UnfitRecordException {
    Schema values = ofValues(schema, Schema.Type.MAP);
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      if (!(key instanceof String) && !(key instanceof Number) && !(key instanceof Boolean)) {
        throw place.unfit("a map has keys that are neither texts nor numbers; use texts");
      }
      String name = key.toString();
      JsonNode before =
          object.replace(name, convert(new Typed(entry.getValue(), values), place.member(name)));
      if (before != null) {
        throw place.unfit("a map has two keys that are the same as text; use texts");
      }
    }
    return object;
  }

  private static JsonNode list(Collection<?> list, @Nullable Schema schema, Place place)
      throws UnfitRecordException {
    Schema items = ofValues(schema, Schema.Type.ARRAY);
    ArrayNode array = NODES.arrayNode();
    int index = 0;
    for (Object item : list) {
      array.add(convert(new Typed(item, items), place.element(index)));
      index++;
    }
    return array;
  }

  /** The schema of a container's values; a schema that is not the value's own tells nothing. */
  static @Nullable Schema ofValues(@Nullable Schema schema, Schema.Type type) {
    return schema != null && schema.type() == type ? schema.valueSchema() : null;
  }

  private static JsonNode scalar(Object value, @Nullable Schema schema, Place place)
      throws UnfitRecordException {
    if (value instanceof String text) {
      return NODES.textNode(text);
    }
    if (value instanceof Boolean bool) {
      return NODES.booleanNode(bool);
    }
    if (value instanceof Number number) {
      return number(number, place);
    }
    if (value instanceof byte[] bytes) {
      return NODES.binaryNode(bytes);
    }
    if (value instanceof ByteBuffer buffer) {
      return NODES.binaryNode(bytes(buffer));
    }
    if (value instanceof java.util.Date date) {
      return NODES.textNode(time(date, schema));
    }
    throw place.unfit(
        "a value of type " + value.getClass().getSimpleName() + " has no form in JSON");
  }

  private static JsonNode number(Number number, Place place) throws UnfitRecordException {
    if (number instanceof Double || number instanceof Float) {
      double real = number.doubleValue();
      if (!Double.isFinite(real)) {
        throw place.unfit("the number is not finite; JSON has no form for it");
      }
      return NODES.numberNode(new BigDecimal(number.toString()));
    }
    if (number instanceof BigDecimal decimal) {
      return decimal.scale() <= 0 && decimal.scale() > -MOST_ZEROES
          ? NODES.numberNode(decimal.toBigIntegerExact())
          : NODES.numberNode(decimal);
    }
    if (number instanceof BigInteger integer) {
      return NODES.numberNode(integer);
    }
    long whole = number.longValue();
    return whole == (int) whole ? NODES.numberNode((int) whole) : NODES.numberNode(whole);
  }

  /** Connect holds the values of its logical types of time as {@link java.util.Date}. */
  @SuppressWarnings("JavaUtilDate")
  private static String time(java.util.Date date, @Nullable Schema schema) {
    // Not toInstant(), which the types of java.sql refuse.
    Instant instant = Instant.ofEpochMilli(date.getTime());
    String name = schema == null ? null : schema.name();
    if (Date.LOGICAL_NAME.equals(name)) {
      return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
    }
    if (Time.LOGICAL_NAME.equals(name)) {
      return TIME.format(LocalTime.ofInstant(instant, ZoneOffset.UTC));
    }
    return instant.toString();
  }

  static byte[] bytes(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.remaining() == buffer.array().length) {
      return buffer.array();
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
