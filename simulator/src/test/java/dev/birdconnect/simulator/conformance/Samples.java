package dev.birdconnect.simulator.conformance;

import dev.birdconnect.simulator.conformance.Document.Place;
import dev.birdconnect.simulator.contract.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Smallest values that keep every rule of a schema. */
final class Samples {
  private static final Map<String, String> BY_FORMAT =
      Map.of(
          "uuid", "0b0f2b1c-4a56-4c67-9c0e-6a3c4f1d2e10",
          "uri", "https://media.example.org/a.png",
          "date-time", "2031-03-01T13:00:00Z",
          "locale-bcp47", "en");
  private static final List<String> TEXTS = List.of("a", "{{x}}");

  private final Document document;

  Samples(Document document) {
    this.document = document;
  }

  /** Schemas that all hold for one value: the schema itself and the parts of its allOf. */
  List<Place> parts(Place unfollowed) {
    Place place = document.followed(unfollowed);
    List<Place> parts = new ArrayList<>(List.of(place));
    for (int i = 0; i < place.schema().path("allOf").size(); i++) {
      parts.addAll(parts(place.at("/allOf/" + i)));
    }
    return parts;
  }

  Map<String, Place> properties(List<Place> parts) {
    Map<String, Place> properties = new LinkedHashMap<>();
    for (Place part : parts) {
      part.schema()
          .path("properties")
          .propertyNames()
          .forEach(name -> properties.put(name, part.at("/properties/" + name)));
    }
    return properties;
  }

  /** The smallest value. */
  JsonNode smallest(Place place) {
    return smallest(place, Optional.empty());
  }

  /** The smallest value that may have this property. */
  JsonNode smallest(Place unfollowed, Optional<String> property) {
    Place place = document.followed(unfollowed);
    List<Place> parts = parts(place);
    if (type(parts).equals("object") || !properties(parts).isEmpty()) {
      return object(parts, property);
    }
    for (Place part : parts) {
      for (String choice : List.of("oneOf", "anyOf")) {
        if (part.schema().has(choice)) {
          return smallest(part.at("/" + choice + "/0"));
        }
      }
    }
    return scalar(place);
  }

  private ObjectNode object(List<Place> parts, Optional<String> property) {
    ObjectNode object = Json.mapper().createObjectNode();
    Map<String, Place> properties = properties(parts);
    List<String> required = new ArrayList<>();
    for (Place part : parts) {
      part.schema().path("required").forEach(name -> required.add(name.asString()));
      for (String choice : List.of("oneOf", "anyOf")) {
        if (part.schema().has(choice)) {
          Place chosen = chosen(part, choice, property);
          if (chosen.schema().has("properties")) {
            object.setAll((ObjectNode) smallest(chosen, property));
          } else {
            chosen.schema().path("required").forEach(name -> required.add(name.asString()));
          }
        }
      }
    }
    // Assumption 13: a list that must not be empty must be there, though no schema requires it.
    properties.forEach(
        (name, child) -> {
          JsonNode schema = document.followed(child).schema();
          if (schema.path("x-assumption").asInt(0) == 13 && schema.has("minItems")) {
            required.add(name);
          }
        });
    for (String name : required) {
      Place child = properties.get(name);
      if (child != null && !object.has(name)) {
        object.set(name, smallest(child));
      }
    }
    return object;
  }

  private Place chosen(Place part, String choice, Optional<String> property) {
    List<Place> alternatives = new ArrayList<>();
    for (int i = 0; i < part.schema().path(choice).size(); i++) {
      alternatives.add(document.followed(part.at("/" + choice + "/" + i)));
    }
    return alternatives.stream()
        .filter(
            alternative -> property.map(name -> required(alternative).contains(name)).orElse(false))
        .findFirst()
        .orElse(alternatives.get(0));
  }

  static List<String> required(Place alternative) {
    List<String> names = new ArrayList<>();
    alternative.schema().path("required").forEach(name -> names.add(name.asString()));
    return names;
  }

  private JsonNode scalar(Place place) {
    JsonNode schema = place.schema();
    if (schema.has("enum")) {
      return schema.path("enum").path(0);
    }
    return switch (schema.path("type").asString("string")) {
      case "integer", "number" ->
          Json.mapper().valueToTree(Math.max(1, schema.path("minimum").asInt(1)));
      case "boolean" -> Json.mapper().valueToTree(true);
      case "array" -> array(place, schema.path("minItems").asInt(0));
      case "object" -> Json.mapper().createObjectNode();
      default -> Json.mapper().valueToTree(text(schema));
    };
  }

  ArrayNode array(Place place, int size) {
    ArrayNode array = Json.mapper().createArrayNode();
    for (int i = 0; i < size; i++) {
      array.add(smallest(place.at("/items")));
    }
    return array;
  }

  private static String text(JsonNode schema) {
    String byFormat = BY_FORMAT.get(schema.path("format").asString(""));
    if (byFormat != null) {
      return byFormat;
    }
    Pattern pattern = Pattern.compile(schema.path("pattern").asString(""));
    String text = TEXTS.stream().filter(t -> pattern.matcher(t).find()).findFirst().orElseThrow();
    return text.repeat(Math.max(1, schema.path("minLength").asInt(1)));
  }

  static String type(List<Place> parts) {
    return parts.stream()
        .map(part -> part.schema().path("type").asString(""))
        .filter(type -> !type.isEmpty())
        .findFirst()
        .orElse("");
  }
}
