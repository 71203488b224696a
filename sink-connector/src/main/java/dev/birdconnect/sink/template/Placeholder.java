package dev.birdconnect.sink.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.sink.field.FieldPath;
import dev.birdconnect.sink.field.FieldPathException;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.Optional;

/**
 * One placeholder of a template: {@code ${path}} is required, {@code ${path:-default}} has a
 * default, and with {@code ${path?}} its place is left out where the field is missing.
 *
 * @param path the field
 * @param preset the default, where it has one
 * @param optional whether its place may be left out
 */
record Placeholder(FieldPath path, Optional<JsonNode> preset, boolean optional) {

  /** A way to read a field of a record. */
  interface Reading {
    Optional<JsonNode> at(FieldPath path) throws UnfitRecordException;
  }

  private static final String PRESET_SIGN = ":-";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /**
   * Reads a placeholder.
   *
   * @param inside what stands between the braces
   */
  static Placeholder parse(String inside) throws TemplateException {
    int sign = inside.indexOf(PRESET_SIGN);
    String path = sign < 0 ? inside : inside.substring(0, sign);
    boolean optional = path.endsWith("?");
    if (optional && sign >= 0) {
      throw wrong(inside, "it is optional and has a default; keep one of ? and " + PRESET_SIGN);
    }
    try {
      return new Placeholder(
          FieldPath.parse(optional ? path.substring(0, path.length() - 1) : path),
          sign < 0
              ? Optional.empty()
              : Optional.of(preset(inside.substring(sign + PRESET_SIGN.length()))),
          optional);
    } catch (FieldPathException e) {
      throw wrong(inside, e.complaint());
    }
  }

  private static TemplateException wrong(String inside, String complaint) {
    return new TemplateException("The placeholder ${" + inside + "} is wrong: " + complaint + ".");
  }

  /** A number, true, false or a quoted text is taken as JSON, everything else as text. */
  private static JsonNode preset(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree.isNumber() || tree.isBoolean() || tree.isTextual()) {
        return tree;
      }
    } catch (JsonProcessingException | NumberFormatException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
    return JsonNodeFactory.instance.textNode(text);
  }

  /**
   * Its value for a record; empty where its place is to be left out.
   *
   * @throws UnfitRecordException when a required field is missing; names the placeholder
   */
  Optional<JsonNode> value(Reading record) throws UnfitRecordException {
    Optional<JsonNode> value = record.at(path).or(() -> preset);
    if (value.isEmpty() && !optional) {
      throw new UnfitRecordException(
          "the field of the placeholder "
              + this
              + " is missing or null; give it in the record, or write a default (${"
              + path
              + ":-text}) or make it optional (${"
              + path
              + "?}) in message.template");
    }
    return value;
  }

  /** The placeholder as it was written, without its default. */
  @Override
  public String toString() {
    return "${" + path + (optional ? "?" : "") + "}";
  }
}
