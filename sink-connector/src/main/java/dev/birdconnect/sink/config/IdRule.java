package dev.birdconnect.sink.config;

import dev.birdconnect.sink.field.FieldPath;
import java.util.Map;
import java.util.Optional;

/**
 * How the id of the workspace or channel of a record is found.
 *
 * @param preset the id of records that have none of their own
 * @param byTopic ids of topics; empty where the topic does not decide
 * @param path the field that holds the id, where one does
 */
public record IdRule(
    Optional<String> preset, Map<String, String> byTopic, Optional<FieldPath> path) {

  public IdRule {
    byTopic = Map.copyOf(byTopic);
  }
}
