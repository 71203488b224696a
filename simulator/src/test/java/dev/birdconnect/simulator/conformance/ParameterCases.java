package dev.birdconnect.simulator.conformance;

import dev.birdconnect.simulator.conformance.Document.Place;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Values that keep and break every rule of a parameter. */
final class ParameterCases {
  record Case(Rule rule, String keeping, String breaking, String complaint) {}

  private ParameterCases() {}

  static List<Case> of(Place place) {
    JsonNode schema = place.schema();
    List<Case> cases = new ArrayList<>();
    String type = schema.path("type").asString();
    if (type.equals("integer")) {
      cases.add(of("type", place, "1", "ten", "value must be an integer"));
    } else if (type.equals("boolean")) {
      cases.add(of("type", place, "true", "yes", "value must be a boolean"));
    }
    if (schema.has("minimum")) {
      long edge = schema.path("minimum").asLong();
      cases.add(of("minimum", place, "" + edge, "" + (edge - 1), "number must be at least"));
    }
    if (schema.has("maximum")) {
      long edge = schema.path("maximum").asLong();
      cases.add(of("maximum", place, "" + edge, "" + (edge + 1), "number must be at most"));
    }
    if (schema.has("pattern")) {
      cases.add(of("pattern", place, "sms", "!", "string doesn't match the regular expression"));
    }
    if (schema.has("enum")) {
      String first = schema.path("enum").path(0).asString();
      cases.add(of("enum", place, first, "no-such-value", "Invalid value"));
    }
    switch (schema.path("format").asString("")) {
      case "uuid" ->
          cases.add(
              of(
                  "format",
                  place,
                  "0b0f2b1c-4a56-4c67-9c0e-6a3c4f1d2e10",
                  "abc",
                  "string doesn't match the format"));
      case "date-time" ->
          cases.add(
              of(
                  "format",
                  place,
                  "2031-03-01T13:00:00Z",
                  "yesterday",
                  "string doesn't match the format"));
      default -> {
        // No rule.
      }
    }
    return cases;
  }

  private static Case of(
      String kind, Place place, String keeping, String breaking, String complaint) {
    return new Case(Rule.of(kind, place.pointer()), keeping, breaking, complaint);
  }
}
