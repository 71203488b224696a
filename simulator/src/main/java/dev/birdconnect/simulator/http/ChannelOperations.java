package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Position;
import dev.birdconnect.simulator.store.Times;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on channels. */
final class ChannelOperations {
  private static final String ACTIVE = "active";
  private static final Comparator<Channel> ORDER =
      Comparator.comparing(ChannelOperations::positionOf);

  private final PageTokens tokens;

  ChannelOperations(Clock clock) {
    this.tokens = new PageTokens(clock);
  }

  Operation get() {
    return call -> {
      Channel channel = call.channel();
      QueryChecks.check(call);
      return Answer.json(200, resource(channel, call.switches()));
    };
  }

  Operation list() {
    return call -> {
      QueryChecks.check(call);
      long limit =
          Optional.ofNullable(call.query().get("limit"))
              .map(ChannelOperations::number)
              .orElseGet(() -> (long) call.contract().defaultOf("limit"));
      boolean reverse = Boolean.parseBoolean(call.query().getOrDefault("reverse", "false"));
      Optional<String> platform = Optional.ofNullable(call.query().get("platform"));
      PageTokens.Start start = tokens.start(call);
      Comparator<Channel> order = reverse ? ORDER.reversed() : ORDER;
      List<Channel> rest =
          call.workspace().channels().stream()
              .filter(c -> platform.map(c.settings().platform()::equals).orElse(true))
              .filter(
                  c ->
                      start
                          .after()
                          .map(p -> positionOf(c).compareTo(p) * (reverse ? -1 : 1) > 0)
                          .orElse(true))
              .filter(c -> passesFilters(c, call))
              .sorted(order)
              .skip(start.passedOver())
              .toList();
      List<Channel> page = rest.stream().limit(limit).toList();
      ObjectNode body = Json.mapper().createObjectNode();
      ArrayNode results = body.putArray("results");
      page.forEach(channel -> results.add(resource(channel, call.switches())));
      if (page.size() < rest.size()) {
        Position last = positionOf(page.get(page.size() - 1));
        body.put("nextPageToken", tokens.next(call, start, page.size(), last));
      }
      return Answer.json(200, body);
    };
  }

  /** The filters whose names are not documented. */
  private static boolean passesFilters(Channel channel, Call call) {
    if (call.switches().has(Choice.FILTERS_IGNORED)) {
      return true;
    }
    String ids = call.query().get("ids");
    return ACTIVE.equals(call.query().getOrDefault("status", ACTIVE))
        && (ids == null || List.of(ids.split(",")).contains(channel.id().toString()));
  }

  static ObjectNode resource(Channel channel, SwitchValues switches) {
    String createdAt = Times.text(channel.createdAtMillis(), switches);
    return Json.mapper()
        .createObjectNode()
        .put("id", channel.id().toString())
        .put("platformId", channel.settings().platform())
        .put("name", channel.settings().name())
        .put("connectorId", channel.connectorId().toString())
        .put("identifier", channel.settings().identifier())
        .put("status", ACTIVE)
        .put("createdAt", createdAt)
        .put("updatedAt", createdAt);
  }

  private static Position positionOf(Channel channel) {
    return new Position(channel.createdAtMillis(), channel.id());
  }

  /** The document sets no upper bound; more digits than a long holds mean all channels. */
  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
