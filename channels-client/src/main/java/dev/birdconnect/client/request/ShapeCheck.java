package dev.birdconnect.client.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Compares a tree with a {@link Shape} and copies what fits. A field that is null counts as missing
 * (assumption 36), except in objects whose keys are the user's own. Bytes are written as base64
 * where a text belongs.
 */
final class ShapeCheck {

  private final List<FieldComplaint> complaints = new ArrayList<>();
  private final Predicate<JsonNode> unknown;
  private final boolean writesTexts;

  private ShapeCheck(Predicate<JsonNode> unknown, boolean writesTexts) {
    this.unknown = unknown;
    this.writesTexts = writesTexts;
  }

  /** A check that takes every value as it is. */
  static ShapeCheck strict() {
    return new ShapeCheck(node -> false, false);
  }

  /** A check that writes numbers and truth values as text where a text belongs. */
  static ShapeCheck writingTexts() {
    return new ShapeCheck(node -> false, true);
  }

  /** A check that passes over values that are not known yet. */
  static ShapeCheck around(SendOutline.Unknown unknown) {
    return new ShapeCheck(unknown::value, false);
  }

  /** What did not fit, in the order found. */
  List<FieldComplaint> complaints() {
    return complaints;
  }

  /** Copies {@code node}, noting what does not fit {@code shape}. */
  JsonNode fit(JsonNode node, Shape shape, String path) {
    if (unknown.test(node)) {
      return node;
    }
    if (shape instanceof Shape.Scalar scalar) {
      return scalar(node, scalar, path);
    }
    if (shape instanceof Shape.ListOf list) {
      return list(node, list, path);
    }
    if (shape instanceof Shape.Later later) {
      return fit(node, later.shape().get(), path);
    }
    if (!node.isObject()) {
      complaints.add(new FieldComplaint(shown(path), "value must be an object"));
      return node;
    }
    if (shape instanceof Shape.MapOf map) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(
              field ->
                  copy.set(
                      field.getKey(),
                      field.getValue().isNull()
                          ? field.getValue()
                          : fit(field.getValue(), map.values(), path + "[key]")));
      return copy;
    }
    if (shape instanceof Shape.ByType byType) {
      return byType(node, byType, path);
    }
    return object(node, (Shape.ObjectOf) shape, path);
  }

  private JsonNode scalar(JsonNode node, Shape.Scalar scalar, String path) {
    boolean text = scalar == Shape.Scalar.TEXT || scalar == Shape.Scalar.MEDIA_URL;
    if (text && (node.isBinary() || (writesTexts && (node.isNumber() || node.isBoolean())))) {
      return JsonNodeFactory.instance.textNode(PlainText.of(node));
    }
    boolean fits =
        switch (scalar) {
          case TEXT, MEDIA_URL -> node.isTextual();
          case INTEGER -> node.isIntegralNumber();
          case NUMBER -> node.isNumber();
          case BOOLEAN -> node.isBoolean();
          case ANYTHING -> true;
        };
    if (!fits) {
      complaints.add(new FieldComplaint(shown(path), "value must be " + scalar.description()));
    }
    return node;
  }

  private JsonNode list(JsonNode node, Shape.ListOf list, String path) {
    if (!node.isArray()) {
      complaints.add(new FieldComplaint(shown(path), "value must be a list"));
      return node;
    }
    ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
    for (int i = 0; i < node.size(); i++) {
      copy.add(fit(node.get(i), list.items(), path + "[" + i + "]"));
    }
    return copy;
  }

  private JsonNode byType(JsonNode node, Shape.ByType byType, String path) {
    JsonNode type = node.path("type");
    if (unknown.test(type)) {
      return node;
    }
    Shape variant = type.isTextual() ? byType.variants().get(type.textValue()) : null;
    if (variant == null) {
      complaints.add(
          new FieldComplaint(
              path + ".type",
              "value must be one of "
                  + String.join(", ", new TreeSet<>(byType.variants().keySet()))));
      return node;
    }
    return fit(node, variant, path);
  }

  private JsonNode object(JsonNode node, Shape.ObjectOf object, String path) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getValue().isNull()) {
        continue;
      }
      Shape shape = object.fields().get(field.getKey());
      if (shape != null) {
        copy.set(field.getKey(), fit(field.getValue(), shape, path + "." + field.getKey()));
      } else if (object.closed()) {
        complaints.add(
            new FieldComplaint(
                path + "." + FieldNames.shown(field.getKey()),
                "there is no such field; remove it, or use one of "
                    + String.join(", ", new TreeSet<>(object.fields().keySet()))));
      } else {
        copy.set(field.getKey(), field.getValue());
      }
    }
    object.required().stream()
        .filter(required -> !copy.has(required))
        .sorted()
        .map(required -> new FieldComplaint(path + "." + required, "the field is required"))
        .forEach(complaints::add);
    return copy;
  }

  private static String shown(String path) {
    return path.isEmpty() ? "." : path;
  }
}
