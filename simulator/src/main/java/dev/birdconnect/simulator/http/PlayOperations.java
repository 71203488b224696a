package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.generation.HistorySpec;
import dev.birdconnect.simulator.generation.InboundFlow;
import dev.birdconnect.simulator.http.ControlOperations.Control;
import dev.birdconnect.simulator.life.ProfileFields;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.Switches;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The control calls that play with the messages of one channel. */
final class PlayOperations {
  private static final JsonNode NOTHING = Json.mapper().createObjectNode();

  private final Accounts accounts;
  private final Generation generation;
  private final Clock clock;
  private final Switches switches;

  PlayOperations(Accounts accounts, Generation generation, Clock clock, Switches switches) {
    this.accounts = accounts;
    this.generation = generation;
    this.clock = clock;
    this.switches = switches;
  }

  Control makeHistory() {
    return (values, body) -> {
      Channel channel = channel(values);
      return orComplain(
          () -> {
            HistorySpec spec = history(body);
            generation.makeHistory(channel.id(), spec);
            return Answer.json(
                201,
                Json.mapper()
                    .createObjectNode()
                    .put("messages", spec.messages())
                    .put("open", spec.open())
                    .put("from", spec.from().toString())
                    .put("to", spec.to().toString()));
          });
    };
  }

  Control startInbound() {
    return (values, body) -> {
      Channel channel = channel(values);
      return orComplain(
          () -> {
            generation.startInbound(
                new InboundFlow(
                    channel.id(),
                    body.path("perSecond").asDouble(),
                    body.has("count")
                        ? OptionalInt.of(body.path("count").asInt())
                        : OptionalInt.empty(),
                    body.path("contacts").asInt(100),
                    body.path("seed").asLong(1)));
            return Answer.json(201, NOTHING);
          });
    };
  }

  Control stopInbound() {
    return (values, body) ->
        generation.stopInbound(channel(values).id())
            ? Answer.json(200, NOTHING)
            : Errors.notFound("flow of incoming messages");
  }

  Control setProfile() {
    return (values, body) -> {
      Channel channel = channel(values);
      return orComplain(
          () -> {
            channel.liveBy(Json.mapper().treeToValue(body, ProfileFields.class).profile());
            return Answer.json(200, NOTHING);
          });
    };
  }

  Control interact() {
    return (values, body) -> {
      Channel channel = channel(values);
      StoredMessage message =
          channel
              .find(UUID.fromString(values.getOrDefault("messageId", "")))
              .orElseThrow(() -> new RefusedException(Errors.notFound("message")));
      ObjectNode more = ((ObjectNode) body).deepCopy();
      more.remove("type");
      return channel
          .interact(message.position().id(), body.path("type").asString(), more)
          .map(
              made ->
                  InteractionResource.list(channel, message, List.of(made), switches.values())
                      .get(0))
          .map(resource -> Answer.json(201, resource))
          .orElseGet(() -> Errors.notFound("message"));
    };
  }

  private HistorySpec history(JsonNode body) {
    Instant to = time(body, "to").orElseGet(clock::instant);
    HistorySpec usual = HistorySpec.of(body.path("messages").asInt(), to);
    return new HistorySpec(
        usual.messages(),
        time(body, "from").orElse(usual.from()),
        to,
        body.path("open").asInt(usual.open()),
        Duration.ofMillis(body.path("openForMillis").asLong(usual.openFor().toMillis())),
        body.path("incomingShare").asDouble(usual.incomingShare()),
        body.path("contacts").asInt(usual.contacts()),
        body.path("referencePrefix").asString(usual.referencePrefix()),
        body.path("seed").asLong(usual.seed()),
        body.has("profile")
            ? Optional.of(
                Json.mapper().treeToValue(body.path("profile"), ProfileFields.class).profile())
            : Optional.empty());
  }

  private static Optional<Instant> time(JsonNode body, String name) {
    return body.has(name)
        ? Optional.of(OffsetDateTime.parse(body.path(name).asString()).toInstant())
        : Optional.empty();
  }

  private Channel channel(Map<String, String> values) throws RefusedException {
    return accounts
        .channel(UUID.fromString(values.getOrDefault("channelId", "")))
        .orElseThrow(() -> new RefusedException(Errors.notFound("channel")));
  }

  private interface Play {
    Answer answer();
  }

  /** What the schema cannot say, such as that two fields do not fit together. */
  private static Answer orComplain(Play play) {
    try {
      return play.answer();
    } catch (IllegalArgumentException e) {
      return Errors.invalidBody(Complaints.of(".", String.valueOf(e.getMessage())));
    }
  }
}
