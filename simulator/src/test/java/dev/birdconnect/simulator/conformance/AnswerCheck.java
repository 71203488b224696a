package dev.birdconnect.simulator.conformance;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.conformance.Document.Operation;
import dev.birdconnect.simulator.conformance.Document.Place;
import dev.birdconnect.simulator.contract.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Holds answers against the document, by a validator of its own, and notes what of the document
 * they show.
 */
final class AnswerCheck {
  /** A status that the document gives for an operation. */
  record Pair(String operationId, String status) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byOperation = operationId.compareTo(other.operationId);
      return byOperation == 0 ? status.compareTo(other.status) : byOperation;
    }

    @Override
    public String toString() {
      return operationId + " " + status;
    }
  }

  private static final String BASE = "https://answers.invalid/openapi";

  /** Fields that come back as they were sent, with whatever open objects hold. */
  private static final Set<String> AS_SENT =
      Set.of("body", "template", "meta", "replyTo", "shortLinks");

  private final Document document;
  private final Optional<String> otherErrors;
  private final SchemaRegistry registry;
  private final Set<Pair> pairs = new TreeSet<>();
  private final Set<Rule> required = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();

  private AnswerCheck(Document document, Optional<String> otherErrors) {
    this.document = document;
    this.otherErrors = otherErrors;
    Dialect dialect =
        Dialect.builder(Dialects.getOpenApi30())
            .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
            .build();
    this.registry =
        SchemaRegistry.withDefaultDialect(
            dialect,
            builder ->
                builder
                    .schemas(Map.of(BASE, Json.mapper().writeValueAsString(document.root())))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /**
   * For the API: a status of an error that the document does not give, such as 422 for a path id
   * (assumption 23), has its usual shape.
   */
  static AnswerCheck of(Document document) {
    return new AnswerCheck(document, Optional.of("/components/schemas/ValidationError"));
  }

  /** For a document that gives every status. */
  static AnswerCheck strict(Document document) {
    return new AnswerCheck(document, Optional.empty());
  }

  /** Every status of every operation. */
  static Set<Pair> documented(Document document) {
    Set<Pair> all = new TreeSet<>();
    for (Operation operation : document.operations()) {
      document.answers(operation).keySet().forEach(s -> all.add(new Pair(operation.id(), s)));
    }
    return all;
  }

  /** What is wrong with an answer; nothing when it is as documented. */
  List<String> complaints(Operation operation, Reply reply) {
    String status = Integer.toString(reply.status());
    Place answer = document.answers(operation).get(status);
    if (answer == null) {
      return reply.status() < 400 || otherErrors.isEmpty()
          ? List.of("the status " + status + " is not documented")
          : validate(otherErrors.get(), reply.json());
    }
    List<String> complaints = new ArrayList<>();
    Set<String> types = new TreeSet<>(answer.schema().path("content").propertyNames());
    String type = reply.header("Content-Type");
    if (type.isEmpty() || !(types.contains("*/*") || types.contains(type))) {
      complaints.add("the content type is " + type + " and not one of " + types);
    } else if (type.equals("application/json")) {
      Place schema = document.followed(Document.schemaOf(answer, type));
      complaints.addAll(validate(schema.pointer(), reply.json()));
      unknown.clear();
      walk(schema, reply.json(), false);
      unknown.forEach(name -> complaints.add("the field " + name + " is not documented"));
    }
    if (reply.header("Date").isEmpty()) {
      complaints.add("there is no Date");
    }
    if (complaints.isEmpty()) {
      pairs.add(new Pair(operation.id(), status));
    }
    return complaints;
  }

  /** What is wrong with a value by the schema at this pointer. */
  List<String> validate(String pointer, JsonNode value) {
    return registry.getSchema(SchemaLocation.of(BASE + "#" + pointer)).validate(value).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  /** The statuses seen, in the documented shape. */
  Set<Pair> pairs() {
    return pairs;
  }

  /** The required properties seen. */
  Set<Rule> required() {
    return required;
  }

  private void walk(Place unfollowed, JsonNode value, boolean asSent) {
    Place place = document.followed(unfollowed);
    for (Place part : parts(place, value)) {
      part.schema()
          .path("required")
          .forEach(
              name -> {
                if (value.has(name.asString())) {
                  required.add(Rule.of("required", part.pointer(), name.asString()));
                }
              });
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        String name = field.getKey();
        if (part.schema().path("properties").has(name)) {
          walk(part.at("/properties/" + name), field.getValue(), asSent || AS_SENT.contains(name));
        } else if (part.schema().path("additionalProperties").isObject()) {
          walk(part.at("/additionalProperties"), field.getValue(), asSent);
        }
      }
      if (part.schema().has("items")) {
        value.forEach(item -> walk(part.at("/items"), item, asSent));
      }
    }
    if (!asSent && value.isObject()) {
      value.propertyNames().stream()
          .filter(name -> parts(place, value).stream().noneMatch(part -> knows(part, name)))
          .forEach(unknown::add);
    }
  }

  private static boolean knows(Place part, String name) {
    JsonNode additional = part.schema().path("additionalProperties");
    return part.schema().path("properties").has(name)
        || additional.isObject()
        || additional.asBoolean(false);
  }

  /** All schemas that this value keeps at this place. */
  private List<Place> parts(Place place, JsonNode value) {
    List<Place> parts = new ArrayList<>(List.of(place));
    for (int i = 0; i < place.schema().path("allOf").size(); i++) {
      parts.addAll(parts(document.followed(place.at("/allOf/" + i)), value));
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      for (int i = 0; i < place.schema().path(choice).size(); i++) {
        Place alternative = document.followed(place.at("/" + choice + "/" + i));
        if (validate(alternative.pointer(), value).isEmpty()) {
          parts.addAll(parts(alternative, value));
        }
      }
    }
    return parts;
  }
}
