package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.fault.FaultKind;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.fault.FaultState;
import dev.birdconnect.simulator.fault.RetryAfter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fault rules in the JSON of the control calls. */
final class FaultRuleJson {
  private FaultRuleJson() {}

  /**
   * Reads a rule that has passed the schema.
   *
   * @throws IllegalArgumentException when its values do not fit together
   */
  static FaultRule read(JsonNode json) {
    FaultKind kind =
        FaultKind.valueOf(json.path("kind").asString().replace('-', '_').toUpperCase(Locale.ROOT));
    Duration atLeast = Duration.ofMillis(json.path("millis").asLong(0));
    return new FaultRule(
        kind,
        json.path("status").asInt(kind == FaultKind.DONE_THEN_ANSWER ? 500 : 503),
        retryAfter(json),
        atLeast,
        json.has("maxMillis") ? Duration.ofMillis(json.path("maxMillis").asLong()) : atLeast,
        json.path("probability").asDouble(1),
        json.path("seed").asLong(0),
        json.has("count") ? OptionalInt.of(json.path("count").asInt()) : OptionalInt.empty(),
        text(json, "channelId").map(UUID::fromString),
        text(json, "reference").map(Pattern::compile),
        text(json, "method"));
  }

  static ObjectNode write(FaultState state) {
    FaultRule rule = state.rule();
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("id", state.id());
    json.put("struck", state.struck());
    json.put("kind", rule.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    switch (rule.kind()) {
      case ANSWER, DONE_THEN_ANSWER -> json.put("status", rule.status());
      case LATENCY, LISTING_DELAY -> {
        json.put("millis", rule.atLeast().toMillis());
        json.put("maxMillis", rule.atMost().toMillis());
      }
      default -> {}
    }
    if (rule.retryAfter() instanceof RetryAfter.Seconds seconds) {
      json.put("retryAfterSeconds", seconds.seconds());
    } else if (rule.retryAfter() instanceof RetryAfter.Date date) {
      json.put("retryAfterDateSeconds", date.ahead().toSeconds());
    }
    json.put("probability", rule.probability());
    json.put("seed", rule.seed());
    rule.count().ifPresent(count -> json.put("count", count));
    rule.channel().ifPresent(channel -> json.put("channelId", channel.toString()));
    rule.reference().ifPresent(reference -> json.put("reference", reference.pattern()));
    rule.method().ifPresent(method -> json.put("method", method));
    return json;
  }

  private static RetryAfter retryAfter(JsonNode json) {
    if (json.has("retryAfterSeconds")) {
      return new RetryAfter.Seconds(json.path("retryAfterSeconds").asLong());
    }
    if (json.has("retryAfterDateSeconds")) {
      return new RetryAfter.Date(Duration.ofSeconds(json.path("retryAfterDateSeconds").asLong()));
    }
    return new RetryAfter.None();
  }

  private static Optional<String> text(JsonNode json, String name) {
    return json.has(name) ? Optional.of(json.path(name).asString()) : Optional.empty();
  }
}
