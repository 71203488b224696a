package dev.birdconnect.simulator.conformance;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Requests that show a rule.
 *
 * @param rule the rule
 * @param keeping requests that keep it, at its very edge where it has one
 * @param breaking requests that break it and no other rule
 * @param path where the complaint is expected
 * @param complaint how the complaint begins
 */
record RuleCase(
    Rule rule, List<JsonNode> keeping, List<JsonNode> breaking, String path, String complaint) {}
