package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.contract.OperationContract;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Position;
import dev.birdconnect.simulator.store.Times;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on channels. */
final class ChannelOperations {
  private static final Comparator<Channel> ORDER =
      Comparator.comparing(ChannelOperations::positionOf);

  private ChannelOperations() {}

  static Operation get() {
    return call -> Answer.json(200, resource(call.channel()));
  }

  static Operation list(OperationContract contract) {
    return call -> {
      Complaints complaints = contract.checkQuery(call.query());
      if (!complaints.isEmpty()) {
        throw new RefusedException(Errors.invalidParameters(complaints));
      }
      long limit =
          Optional.ofNullable(call.query().get("limit"))
              .map(ChannelOperations::number)
              .orElseGet(() -> (long) contract.defaultOf("limit"));
      boolean reverse = Boolean.parseBoolean(call.query().getOrDefault("reverse", "false"));
      Optional<String> platform = Optional.ofNullable(call.query().get("platform"));
      Optional<Position> after =
          PageTokens.read(Optional.ofNullable(call.query().get("pageToken")));
      Comparator<Channel> order = reverse ? ORDER.reversed() : ORDER;
      List<Channel> rest =
          call.workspace().channels().stream()
              .filter(c -> platform.map(c.settings().platform()::equals).orElse(true))
              .filter(
                  c ->
                      after
                          .map(p -> positionOf(c).compareTo(p) * (reverse ? -1 : 1) > 0)
                          .orElse(true))
              .sorted(order)
              .toList();
      List<Channel> page = rest.stream().limit(limit).toList();
      ObjectNode body = Json.mapper().createObjectNode();
      ArrayNode results = body.putArray("results");
      page.forEach(channel -> results.add(resource(channel)));
      if (page.size() < rest.size()) {
        body.put("nextPageToken", PageTokens.write(positionOf(page.get(page.size() - 1))));
      }
      return Answer.json(200, body);
    };
  }

  static ObjectNode resource(Channel channel) {
    String createdAt = Times.text(channel.createdAtMillis());
    return Json.mapper()
        .createObjectNode()
        .put("id", channel.id().toString())
        .put("platformId", channel.settings().platform())
        .put("name", channel.settings().name())
        .put("connectorId", channel.connectorId().toString())
        .put("identifier", channel.settings().identifier())
        .put("status", "active")
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
