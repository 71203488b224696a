package dev.birdconnect.simulator.conformance;

import dev.birdconnect.simulator.conformance.Document.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Finds every rule that the document has for bodies and parameters of requests. */
final class RuleCount {
  /** Keywords with one rule each. */
  private static final Set<String> SINGLE =
      Set.of(
          "type",
          "enum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minimum",
          "maximum",
          "pattern",
          "format",
          "oneOf",
          "anyOf",
          "discriminator");

  /** Keywords that make no rule of their own: they lead to other schemas or say nothing. */
  private static final Set<String> NO_RULE =
      Set.of(
          "properties",
          "items",
          "allOf",
          "required",
          "nullable",
          "additionalProperties",
          "title",
          "description",
          "default",
          "example",
          "readOnly");

  private final Document document;
  private final Set<Rule> rules = new TreeSet<>();
  private final Set<String> seen = new HashSet<>();

  private RuleCount(Document document) {
    this.document = document;
  }

  static Set<Rule> of(Document document) {
    RuleCount count = new RuleCount(document);
    for (Document.Operation operation : document.operations()) {
      for (Place parameter : operation.parameters()) {
        if (parameter.schema().path("required").asBoolean(false)) {
          count.rules.add(Rule.of("required", parameter.pointer()));
        }
        count.schema(parameter.at("/schema"));
      }
      if (operation.node().has("requestBody")) {
        count.rules.add(Rule.of("required", Document.bodyPointer(operation)));
        count.schema(document.place(Document.bodyPointer(operation)));
      }
    }
    return count.rules;
  }

  /** Every property that the document requires in answers. */
  static Set<Rule> requiredInAnswers(Document document) {
    RuleCount count = new RuleCount(document);
    for (Document.Operation operation : document.operations()) {
      document
          .answers(operation)
          .values()
          .forEach(
              answer ->
                  answer
                      .schema()
                      .path("content")
                      .propertyNames()
                      .forEach(type -> count.schema(Document.schemaOf(answer, type))));
    }
    count.rules.removeIf(rule -> !rule.kind().equals("required"));
    return count.rules;
  }

  private void schema(Place unfollowed) {
    Place place = document.followed(unfollowed);
    if (!seen.add(place.pointer())) {
      return;
    }
    JsonNode schema = place.schema();
    schema.properties().forEach(keyword -> keyword(place, keyword.getKey(), keyword.getValue()));
    schema
        .path("properties")
        .propertyNames()
        .forEach(name -> schema(place.at("/properties/" + name)));
    for (String child : List.of("items", "additionalProperties")) {
      if (schema.path(child).isObject()) {
        schema(place.at("/" + child));
      }
    }
    for (String parts : List.of("allOf", "oneOf", "anyOf")) {
      for (int i = 0; i < schema.path(parts).size(); i++) {
        schema(place.at("/" + parts + "/" + i));
      }
    }
  }

  private void keyword(Place place, String name, JsonNode value) {
    if (name.equals("required")) {
      value.forEach(
          property -> rules.add(Rule.of("required", place.pointer(), property.asString())));
    } else if (name.equals("nullable") && value.asBoolean()) {
      rules.add(Rule.of("nullable", place.pointer()));
    } else if (name.equals("additionalProperties")) {
      rules.add(
          Rule.of(
              value.isBoolean() && !value.asBoolean() ? "closed object" : "open object",
              place.pointer()));
    } else if (SINGLE.contains(name)) {
      rules.add(Rule.of(name, place.pointer()));
    } else if (!NO_RULE.contains(name) && !name.startsWith("x-")) {
      throw new IllegalStateException("No conformance case knows the keyword " + name);
    }
  }
}
