package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.Fault;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.fault.FaultState;
import dev.birdconnect.simulator.fault.Matching;
import dev.birdconnect.simulator.fault.Quantiles;
import dev.birdconnect.simulator.fault.RetryAfter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fault rules in the JSON of the control calls. */
final class FaultRuleJson {
  private static final double HUNDRED = 100;

  private FaultRuleJson() {}

  /**
   * Reads a rule that has passed the schema.
   *
   * @throws IllegalArgumentException when its values do not fit together
   */
  static FaultRule read(JsonNode json) {
    return new FaultRule(
        fault(json),
        new Matching(
            text(json, "channelId").map(UUID::fromString),
            text(json, "reference").map(Pattern::compile),
            text(json, "method"),
            text(json, "operation").flatMap(ApiCall::named)),
        json.path("probability").asDouble(1),
        json.path("seed").asLong(0),
        json.has("count") ? OptionalInt.of(json.path("count").asInt()) : OptionalInt.empty());
  }

  private static Fault fault(JsonNode json) {
    String kind = json.path("kind").asString();
    return switch (kind) {
      case "latency" -> new Fault.Latency(times(json));
      case "listing-delay" -> new Fault.ListingDelay(times(json));
      case "late-arrival" -> new Fault.LateArrival(times(json));
      case "rate-limit" -> rateLimit(json);
      case "answer" -> error(false, json, 503);
      case "done-then-answer" -> error(true, json, 500);
      case "reset" -> new Fault.Reset(false);
      case "done-then-reset" -> new Fault.Reset(true);
      case "reset-in-answer" -> new Fault.ResetInAnswer();
      case "hang" -> new Fault.Hang(false);
      case "done-then-hang" -> new Fault.Hang(true);
      default ->
          new Fault.SpoiltAnswer(
              Fault.Spoiling.valueOf(kind.replace('-', '_').toUpperCase(Locale.ROOT)));
    };
  }

  private static Quantiles times(JsonNode json) {
    if (json.has("percentiles")) {
      Map<Double, Duration> percentiles = new TreeMap<>();
      json.path("percentiles")
          .properties()
          .forEach(
              point ->
                  percentiles.put(
                      percent(point.getKey()), Duration.ofMillis(point.getValue().asLong())));
      return Quantiles.percentiles(percentiles);
    }
    Duration atLeast = Duration.ofMillis(json.path("millis").asLong(0));
    return Quantiles.range(
        atLeast,
        json.has("maxMillis") ? Duration.ofMillis(json.path("maxMillis").asLong()) : atLeast);
  }

  private static double percent(String name) {
    if (!name.matches("p(100|[0-9]{1,2}([.][0-9]{1,3})?)")) {
      throw new IllegalArgumentException("A percentile is named like p50 or p99.9.");
    }
    return Double.parseDouble(name.substring(1));
  }

  private static Fault rateLimit(JsonNode json) {
    if (!json.has("perSecond")) {
      throw new IllegalArgumentException("A rate-limit needs perSecond.");
    }
    double perSecond = json.path("perSecond").asDouble();
    int burst = json.path("burst").asInt((int) Math.max(1, Math.round(perSecond)));
    return new Fault.RateLimit(perSecond, burst, retryAfter(json));
  }

  private static Fault error(boolean done, JsonNode json, int usual) {
    Fault.ErrorBody body =
        Fault.ErrorBody.valueOf(json.path("body").asString("json").toUpperCase(Locale.ROOT));
    return new Fault.ErrorAnswer(done, json.path("status").asInt(usual), body, retryAfter(json));
  }

  static ObjectNode write(FaultState state) {
    FaultRule rule = state.rule();
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("id", state.id());
    json.put("struck", state.struck());
    write(rule.fault(), json);
    json.put("probability", rule.probability());
    json.put("seed", rule.seed());
    rule.count().ifPresent(count -> json.put("count", count));
    Matching matching = rule.matching();
    matching.channel().ifPresent(channel -> json.put("channelId", channel.toString()));
    matching.reference().ifPresent(reference -> json.put("reference", reference.pattern()));
    matching.method().ifPresent(method -> json.put("method", method));
    matching.call().ifPresent(call -> json.put("operation", call.wireName()));
    return json;
  }

  private static void write(Fault fault, ObjectNode json) {
    if (fault instanceof Fault.Latency latency) {
      times("latency", latency.times(), json);
    } else if (fault instanceof Fault.ListingDelay delay) {
      times("listing-delay", delay.times(), json);
    } else if (fault instanceof Fault.LateArrival late) {
      times("late-arrival", late.times(), json);
    } else if (fault instanceof Fault.RateLimit limit) {
      json.put("kind", "rate-limit").put("perSecond", limit.perSecond());
      json.put("burst", limit.burst());
      retryAfter(limit.retryAfter(), json);
    } else if (fault instanceof Fault.ErrorAnswer error) {
      json.put("kind", error.done() ? "done-then-answer" : "answer");
      json.put("status", error.status());
      json.put("body", error.body().name().toLowerCase(Locale.ROOT));
      retryAfter(error.retryAfter(), json);
    } else if (fault instanceof Fault.Reset reset) {
      json.put("kind", reset.done() ? "done-then-reset" : "reset");
    } else if (fault instanceof Fault.ResetInAnswer) {
      json.put("kind", "reset-in-answer");
    } else if (fault instanceof Fault.Hang hang) {
      json.put("kind", hang.done() ? "done-then-hang" : "hang");
    } else if (fault instanceof Fault.SpoiltAnswer spoilt) {
      json.put("kind", spoilt.how().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  private static void times(String kind, Quantiles times, ObjectNode json) {
    ObjectNode percentiles = json.put("kind", kind).putObject("percentiles");
    times
        .points()
        .forEach(
            point -> {
              String percent = Double.toString(point.share() * HUNDRED).replaceAll("\\.0$", "");
              percentiles.put("p" + percent, point.time().toMillis());
            });
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

  private static void retryAfter(RetryAfter retryAfter, ObjectNode json) {
    if (retryAfter instanceof RetryAfter.Seconds seconds) {
      json.put("retryAfterSeconds", seconds.seconds());
    } else if (retryAfter instanceof RetryAfter.Date date) {
      json.put("retryAfterDateSeconds", date.ahead().toSeconds());
    }
  }

  private static Optional<String> text(JsonNode json, String name) {
    return json.has(name) ? Optional.of(json.path(name).asString()) : Optional.empty();
  }
}
