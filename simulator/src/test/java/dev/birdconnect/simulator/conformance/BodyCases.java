package dev.birdconnect.simulator.conformance;

import dev.birdconnect.simulator.conformance.Document.Place;
import dev.birdconnect.simulator.contract.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that keep and break every rule of a body's schema. Walks the schema once; where it is,
 * {@code embed} puts a value into an otherwise valid request.
 */
final class BodyCases {
  private static final String UNKNOWN = "surprise";
  private static final Map<String, String> WRONG_FORMAT =
      Map.of(
          "uuid", "no uuid",
          "uri", "no uri",
          "date-time", "yesterday",
          "locale-bcp47", "not a locale");

  private final Document document;
  private final Samples samples;
  private final Set<String> seen;
  private final List<RuleCase> cases = new ArrayList<>();
  private final Set<String> nullable = new HashSet<>();

  /**
   * Cases that were not made before.
   *
   * @param seen schemas that have their cases already
   */
  BodyCases(Document document, Set<String> seen) {
    this.document = document;
    this.samples = new Samples(document);
    this.seen = seen;
  }

  List<RuleCase> of(Document.Operation operation) {
    visit(document.place(Document.bodyPointer(operation)), "", value -> value);
    return cases;
  }

  private void visit(Place unfollowed, String path, UnaryOperator<JsonNode> embed) {
    Place place = document.followed(unfollowed);
    if (!seen.add(place.pointer())) {
      return;
    }
    JsonNode good = samples.smallest(place);
    List<Place> parts = samples.parts(place);
    for (Place part : parts) {
      seen.add(part.pointer());
      typeAndNull(part, good, path, embed);
      values(part, path, embed);
      fields(part, good, path, embed);
      choices(part, place, good, path, embed);
    }
    samples
        .properties(parts)
        .forEach(
            (name, child) ->
                visit(
                    child,
                    path + "." + name,
                    value -> {
                      ObjectNode owner =
                          (ObjectNode) samples.smallest(place, Optional.of(name)).deepCopy();
                      owner.set(name, value);
                      return embed.apply(owner);
                    }));
    if (place.schema().has("items")) {
      visit(
          place.at("/items"),
          path + "[0]",
          value -> embed.apply(Json.mapper().createArrayNode().add(value)));
    }
    if (place.schema().path("additionalProperties").isObject()) {
      visit(
          place.at("/additionalProperties"),
          path + "." + UNKNOWN,
          value -> embed.apply(Json.mapper().createObjectNode().set(UNKNOWN, value)));
    }
  }

  private void typeAndNull(Place part, JsonNode good, String path, UnaryOperator<JsonNode> embed) {
    JsonNode schema = part.schema();
    if (!schema.has("type")) {
      return;
    }
    List<JsonNode> wrong = new ArrayList<>();
    switch (schema.path("type").asString()) {
      case "string" -> wrong.add(json(1));
      case "integer" -> wrong.addAll(List.of(json("x"), json(1.5)));
      case "array" -> wrong.add(Json.mapper().createObjectNode());
      default -> wrong.add(json("x"));
    }
    List<JsonNode> keeping = List.of(embed.apply(good));
    if (schema.path("nullable").asBoolean(false)) {
      nullable.add(path);
      cases.add(
          new RuleCase(
              Rule.of("nullable", part.pointer()),
              List.of(embed.apply(Json.mapper().nullNode())),
              List.of(),
              path,
              ""));
    } else if (!nullable.contains(path)) {
      wrong.add(Json.mapper().nullNode());
    }
    // A value that is no form's name is answered with the names of all forms.
    boolean tag = schema.path("enum").size() == 1;
    add("type", part, keeping, embedded(wrong, embed), path, tag ? "" : "value must be ");
  }

  private void values(Place part, String path, UnaryOperator<JsonNode> embed) {
    JsonNode schema = part.schema();
    bound(part, "minLength", 0, -1, path, embed, "minimum string length");
    bound(part, "maxLength", 0, 1, path, embed, "maximum string length");
    bound(part, "minItems", 0, -1, path, embed, "minimum number of items");
    bound(part, "maxItems", 0, 1, path, embed, "maximum number of items");
    bound(part, "minimum", 0, -1, path, embed, "number must be at least");
    bound(part, "maximum", 0, 1, path, embed, "number must be at most");
    if (schema.has("enum")) {
      List<JsonNode> wrong = List.of(embed.apply(json("no-such-value")));
      add("enum", part, List.of(), wrong, path, "Invalid value");
    }
    if (schema.has("pattern")) {
      Pattern pattern = Pattern.compile(schema.path("pattern").asString());
      String wrong =
          List.of("!", "no uri").stream()
              .filter(text -> !pattern.matcher(text).find())
              .findFirst()
              .orElseThrow();
      add(
          "pattern",
          part,
          List.of(embed.apply(samples.smallest(part))),
          List.of(embed.apply(json(wrong))),
          path,
          "string doesn't match the regular expression");
    }
    String wrongFormat = WRONG_FORMAT.get(schema.path("format").asString(""));
    if (wrongFormat != null) {
      add(
          "format",
          part,
          List.of(embed.apply(samples.smallest(part))),
          List.of(embed.apply(json(wrongFormat))),
          path,
          "string doesn't match the format");
    }
  }

  private void bound(
      Place part,
      String keyword,
      int within,
      int beyond,
      String path,
      UnaryOperator<JsonNode> embed,
      String complaint) {
    JsonNode schema = part.schema();
    if (!schema.has(keyword)) {
      return;
    }
    int edge = schema.path(keyword).asInt();
    List<JsonNode> keeping =
        schema.has("format") && !schema.path("type").asString().equals("number")
            ? List.of(embed.apply(samples.smallest(part)))
            : List.of(embed.apply(sized(part, edge + within)));
    List<JsonNode> breaking = List.of(embed.apply(sized(part, edge + beyond)));
    add(keyword, part, keeping, breaking, path, complaint);
  }

  private JsonNode sized(Place part, int size) {
    return switch (part.schema().path("type").asString()) {
      case "string" -> json("a".repeat(size));
      case "array" -> samples.array(part, size);
      default -> json(size);
    };
  }

  private void fields(Place part, JsonNode good, String path, UnaryOperator<JsonNode> embed) {
    JsonNode schema = part.schema();
    for (JsonNode name : schema.path("required")) {
      String property = name.asString();
      if (schema.path("properties").has(property) && good.has(property)) {
        ObjectNode without = (ObjectNode) good.deepCopy();
        without.remove(property);
        cases.add(
            new RuleCase(
                Rule.of("required", part.pointer(), property),
                List.of(embed.apply(good)),
                List.of(embed.apply(without)),
                path + "." + property,
                "property \"" + property + "\" is missing"));
      }
    }
    JsonNode additional = schema.path("additionalProperties");
    if (good instanceof ObjectNode object && !additional.isMissingNode()) {
      boolean closed = additional.isBoolean() && !additional.asBoolean();
      JsonNode unknown =
          additional.isObject() ? samples.smallest(part.at("/additionalProperties")) : json(1);
      JsonNode more = embed.apply(object.deepCopy().set(UNKNOWN, unknown));
      if (closed) {
        add(
            "closed object",
            part,
            List.of(embed.apply(good)),
            List.of(more),
            path,
            "property \"" + UNKNOWN + "\" is unsupported");
      } else {
        add("open object", part, List.of(more), List.of(), path, "");
      }
    }
  }

  private void choices(
      Place part, Place whole, JsonNode good, String path, UnaryOperator<JsonNode> embed) {
    for (String choice : List.of("oneOf", "anyOf")) {
      JsonNode alternatives = part.schema().path(choice);
      if (alternatives.isMissingNode()) {
        continue;
      }
      List<JsonNode> keeping = new ArrayList<>();
      Set<String> named = new HashSet<>();
      for (int i = 0; i < alternatives.size(); i++) {
        Place alternative = document.followed(part.at("/" + choice + "/" + i));
        if (alternative.schema().has("properties") || !alternative.schema().has("required")) {
          keeping.add(embed.apply(samples.smallest(alternative)));
          visit(alternative, path, embed);
        } else {
          // Alternatives that only say what is required: any of them will do.
          List<String> required = Samples.required(alternative);
          keeping.add(embed.apply(samples.smallest(whole, Optional.of(required.get(0)))));
          required.forEach(
              name -> {
                named.add(name);
                cases.add(
                    new RuleCase(
                        Rule.of("required", alternative.pointer(), name),
                        List.of(),
                        List.of(embed.apply(without(good, required, name, alternatives))),
                        path + "." + name,
                        "property \"" + name + "\" is missing"));
              });
          if (alternative.schema().has("type")) {
            cases.add(
                new RuleCase(
                    Rule.of("type", alternative.pointer()),
                    List.of(),
                    List.of(embed.apply(json("x"))),
                    path,
                    "value must be "));
          }
        }
      }
      JsonNode none = named.isEmpty() ? noneOf(good) : good.deepCopy();
      if (none instanceof ObjectNode object) {
        object.remove(named);
      }
      String where = path;
      if (!named.isEmpty()) {
        where = path + "." + named.iterator().next();
      } else if (good.has("type")) {
        where = path + ".type";
      } else if (good.isObject()) {
        where =
            path + "." + Samples.required(document.followed(part.at("/" + choice + "/0"))).get(0);
      }
      add(choice, part, keeping, List.of(embed.apply(none)), where, "");
      if (part.schema().has("discriminator")) {
        add("discriminator", part, keeping, List.of(embed.apply(none)), where, "");
      }
    }
  }

  /** A value that lacks the named property and lets no other alternative be taken instead. */
  private static JsonNode without(
      JsonNode good, List<String> required, String name, JsonNode alternatives) {
    ObjectNode without = (ObjectNode) good.deepCopy();
    for (JsonNode alternative : alternatives) {
      alternative.path("required").forEach(other -> without.remove(other.asString()));
    }
    required.stream()
        .filter(other -> !other.equals(name))
        .forEach(other -> without.put(other, "a"));
    return without;
  }

  private static JsonNode noneOf(JsonNode good) {
    if (good.has("type")) {
      return ((ObjectNode) good.deepCopy()).put("type", "no-such-value");
    }
    return good.isObject() ? Json.mapper().createObjectNode() : json("no uri");
  }

  private void add(
      String keyword,
      Place part,
      List<JsonNode> keeping,
      List<JsonNode> breaking,
      String path,
      String complaint) {
    cases.add(new RuleCase(Rule.of(keyword, part.pointer()), keeping, breaking, path, complaint));
  }

  private static List<JsonNode> embedded(List<JsonNode> values, UnaryOperator<JsonNode> embed) {
    return values.stream().map(embed).toList();
  }

  private static JsonNode json(Object value) {
    return Json.mapper().valueToTree(value);
  }
}
