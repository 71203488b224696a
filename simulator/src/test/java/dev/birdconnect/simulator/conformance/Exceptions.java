package dev.birdconnect.simulator.conformance;

import java.util.Map;
import java.util.TreeMap;

/** Rules of the document that no request can show, with the reason. */
final class Exceptions {
  private final Map<Rule, String> reasons = new TreeMap<>();

  private Exceptions(Document document) {
    for (Rule rule : RuleCount.of(document)) {
      reason(rule, document);
    }
  }

  static Map<Rule, String> all(Document document) {
    return new Exceptions(document).reasons;
  }

  private void reason(Rule rule, Document document) {
    String place = rule.place();
    boolean parameter =
        place.startsWith("/components/parameters/") || place.contains("/parameters/");
    if (parameter && rule.kind().equals("required")) {
      reasons.put(rule, "a path without it is another path");
    }
    // The direction is a schema of its own, used by a parameter only.
    if ((parameter || place.endsWith("/Direction"))
        && rule.kind().equals("type")
        && document.place(place).schema().path("type").asString().equals("string")) {
      reasons.put(rule, "every text in a path or query is a string");
    }
    if (rule.kind().equals("nullable")
        && document.place(place).schema().path("x-assumption").asInt(0) == 36) {
      reasons.put(rule, "null is no field (assumption 36): shown by the switch null-body");
    }
    if (rule.kind().equals("format")
        && document.place(place).schema().path("format").asString().equals("float")) {
      reasons.put(rule, "says how a number is kept, not which numbers there are");
    }
  }
}
