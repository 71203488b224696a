package dev.birdconnect.client.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the client's table of a send with the OpenAPI document, field by field. */
class SendShapeTest {

  private static final Path CONTRACT =
      Path.of("..", "simulator", "src", "main", "resources", "channels-openapi.yaml");

  private static JsonNode contract;
  private int compared;

  @BeforeAll
  static void readContract() throws Exception {
    contract = new YAMLMapper().readTree(CONTRACT.toFile());
  }

  @Test
  void theTableIsTheDocuments() {
    List<String> differences = new ArrayList<>();

    compare(schema("CreateMessage"), SendShape.SEND, "", differences, 0);

    assertThat(differences).isEmpty();
    assertThat(compared).as("fields compared").isGreaterThan(300);
  }

  private static JsonNode schema(String name) {
    return contract.at("/components/schemas/" + name);
  }

  private static JsonNode resolve(JsonNode schema) {
    JsonNode at = schema;
    while (at.has("$ref")) {
      at = contract.at(at.get("$ref").textValue().substring(1));
    }
    return at;
  }

  /** The variants of a schema that is chosen by its field type, or none. */
  private static Map<String, JsonNode> variants(JsonNode schema) {
    Map<String, JsonNode> variants = new TreeMap<>();
    JsonNode allowed = null;
    for (JsonNode part : schema.path("allOf")) {
      JsonNode types = resolve(resolve(part).at("/properties/type")).path("enum");
      if (types.isArray()) {
        allowed = types;
      }
    }
    for (JsonNode part : schema.path("allOf")) {
      for (JsonNode variant : part.path("oneOf")) {
        JsonNode resolved = resolve(variant);
        for (JsonNode type : resolved.at("/properties/type/enum")) {
          String name = type.textValue();
          for (JsonNode one : allowed == null ? List.<JsonNode>of() : allowed) {
            if (one.textValue().equals(name)) {
              variants.put(name, resolved);
            }
          }
        }
      }
    }
    return variants;
  }

  private static JsonNode object(JsonNode schema) {
    if (schema.has("properties")) {
      return schema;
    }
    for (JsonNode part : schema.path("allOf")) {
      JsonNode resolved = resolve(part);
      if (resolved.has("properties")) {
        return resolved;
      }
    }
    return schema;
  }

  private void compare(
      JsonNode unresolved, Shape shape, String path, List<String> differences, int depth) {
    JsonNode schema = resolve(unresolved);
    Map<String, JsonNode> variants = variants(schema);
    if (shape instanceof Shape.Later later) {
      compare(schema, later.shape().get(), path, differences, depth);
    } else if (shape instanceof Shape.ByType byType) {
      Set<String> expected = variants.keySet();
      if (!expected.equals(new TreeSet<>(byType.variants().keySet()))) {
        differences.add(path + ": types " + expected + ", table " + byType.variants().keySet());
      }
      byType
          .variants()
          .forEach(
              (type, variant) -> {
                if (variants.containsKey(type)) {
                  compare(variants.get(type), variant, path + "<" + type + ">", differences, depth);
                }
              });
    } else if (shape instanceof Shape.ListOf list) {
      expectType(schema, "array", path, differences);
      JsonNode items = resolve(schema.path("items"));
      if (items.has("oneOf") && !items.has("discriminator")) {
        compareUnion(items, (Shape.ObjectOf) list.items(), path + "[]", differences, depth);
      } else {
        compare(items, list.items(), path + "[]", differences, depth + 1);
      }
    } else if (shape instanceof Shape.MapOf) {
      expectType(schema, "object", path, differences);
      if (schema.path("additionalProperties").isMissingNode()) {
        differences.add(path + ": the document has no map here");
      }
    } else if (shape instanceof Shape.ObjectOf objectOf) {
      compareObject(object(schema), objectOf, path, differences, depth);
    } else if (shape instanceof Shape.Scalar scalar) {
      compareScalar(schema, scalar, path, differences);
    }
  }

  /** A list whose elements are one of several closed objects: the table holds all their fields. */
  private void compareUnion(
      JsonNode items, Shape.ObjectOf shape, String path, List<String> differences, int depth) {
    Map<String, JsonNode> union = new HashMap<>();
    Set<String> required = null;
    for (JsonNode variant : items.get("oneOf")) {
      JsonNode resolved = resolve(variant);
      resolved.path("properties").properties().forEach(e -> union.put(e.getKey(), e.getValue()));
      Set<String> names = new TreeSet<>();
      resolved.path("required").forEach(name -> names.add(name.textValue()));
      if (required == null) {
        required = names;
      } else {
        required.retainAll(names);
      }
    }
    if (!union.keySet().equals(shape.fields().keySet())) {
      differences.add(path + ": fields " + union.keySet() + ", table " + shape.fields().keySet());
    }
    if (!new TreeSet<>(shape.required()).equals(required)) {
      differences.add(path + ": required " + required + ", table " + shape.required());
    }
    shape
        .fields()
        .forEach(
            (name, field) -> {
              if (field != Shape.Scalar.ANYTHING && union.containsKey(name)) {
                compare(union.get(name), field, path + "." + name, differences, depth + 1);
              }
            });
  }

  private void compareObject(
      JsonNode schema, Shape.ObjectOf shape, String path, List<String> differences, int depth) {
    Set<String> fields = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(fields::add);
    if (!fields.equals(new TreeSet<>(shape.fields().keySet()))) {
      differences.add(path + ": fields " + fields + ", table " + shape.fields().keySet());
    }
    boolean closed =
        schema.path("additionalProperties").isBoolean()
            && !schema.path("additionalProperties").booleanValue();
    if (closed != shape.closed()) {
      differences.add(path + ": closed " + closed + ", table " + shape.closed());
    }
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.textValue()));
    for (JsonNode alternative : schema.path("anyOf")) {
      if (alternative.path("required").toString().contains("mediaUrl")) {
        required.add("filename");
      }
    }
    if (!required.equals(new TreeSet<>(shape.required()))) {
      differences.add(path + ": required " + required + ", table " + shape.required());
    }
    shape
        .fields()
        .forEach(
            (name, field) -> {
              compared++;
              JsonNode property = schema.path("properties").path(name);
              if (name.equals("mediaUrl") != (field == Shape.Scalar.MEDIA_URL)) {
                differences.add(path + "." + name + ": marked as a place of media, or not");
              }
              if (!property.isMissingNode()) {
                compare(property, field, path + "." + name, differences, depth + 1);
              }
            });
  }

  private static void compareScalar(
      JsonNode schema, Shape.Scalar scalar, String path, List<String> differences) {
    if (schema.has("anyOf")) {
      schema.get("anyOf").forEach(one -> compareScalar(resolve(one), scalar, path, differences));
      return;
    }
    String type =
        switch (scalar) {
          case TEXT, MEDIA_URL -> "string";
          case INTEGER -> "integer";
          case NUMBER -> "number";
          case BOOLEAN -> "boolean";
          case ANYTHING -> schema.path("type").asText();
        };
    expectType(schema, type, path, differences);
  }

  private static void expectType(
      JsonNode schema, String type, String path, List<String> differences) {
    if (!schema.path("type").asText().equals(type)) {
      differences.add(path + ": " + schema.path("type").asText() + " in the document, not " + type);
    }
  }
}
