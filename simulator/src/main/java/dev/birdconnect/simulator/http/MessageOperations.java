package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.OperationContract;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.JsonBytes;
import dev.birdconnect.simulator.store.Position;
import dev.birdconnect.simulator.store.StoredMessage;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on messages. */
final class MessageOperations {
  private static final int ROOM_PER_MESSAGE = 1024;

  private final Clock clock;

  MessageOperations(Clock clock) {
    this.clock = clock;
  }

  Operation send(OperationContract contract) {
    return call -> {
      Channel channel = call.channel();
      JsonNode request = withoutNulls(call.body().orElseThrow());
      refuseIf(contract.checkBody(request));
      long now = clock.millis();
      refuseIf(SendRules.check(request, channel.settings().platform(), now));
      StoredMessage made =
          channel.add(MessageResource.sent(call.workspace(), channel, request, now, call.hiding()));
      return Answer.json(202, resource(made));
    };
  }

  Operation listOfChannel(OperationContract contract) {
    return call -> list(call, contract, List.of(call.channel()));
  }

  Operation listOfWorkspace(OperationContract contract) {
    return call -> list(call, contract, List.copyOf(call.workspace().channels()));
  }

  Operation get() {
    return call -> {
      long now = clock.millis();
      StoredMessage message =
          call.channel()
              .find(UUID.fromString(call.path().getOrDefault("messageId", "")))
              .filter(m -> m.isVisibleAt(now))
              .orElseThrow(() -> new RefusedException(Errors.notFound("message")));
      return Answer.json(200, resource(message));
    };
  }

  private Answer list(Call call, OperationContract contract, List<Channel> channels)
      throws RefusedException {
    Complaints complaints = contract.checkQuery(call.query());
    if (!complaints.isEmpty()) {
      throw new RefusedException(Errors.invalidParameters(complaints));
    }
    int limit =
        Optional.ofNullable(call.query().get("limit"))
            .map(Integer::parseInt)
            .orElseGet(() -> contract.defaultOf("limit"));
    // Assumption 1: newest first.
    boolean newestFirst = !Boolean.parseBoolean(call.query().getOrDefault("reverse", "false"));
    Optional<Position> after = PageTokens.read(Optional.ofNullable(call.query().get("pageToken")));
    List<StoredMessage> found = page(channels, after, newestFirst, limit + 1);
    boolean more = found.size() > limit;
    List<StoredMessage> page = more ? found.subList(0, limit) : found;

    long now = clock.millis();
    JsonBytes out = new JsonBytes(64 + page.size() * ROOM_PER_MESSAGE);
    out.append("{\"results\":[");
    boolean first = true;
    for (StoredMessage message : page) {
      if (!first) {
        out.append(',');
      }
      first = false;
      message.write(now, out);
    }
    out.append(']');
    if (more) {
      String token = PageTokens.write(page.get(page.size() - 1).position());
      out.append(",\"nextPageToken\":\"").append(token).append('"');
    }
    out.append('}');
    return Answer.json(200, out.toByteArray());
  }

  private static List<StoredMessage> page(
      List<Channel> channels, Optional<Position> after, boolean newestFirst, int limit) {
    if (channels.size() == 1) {
      return channels.get(0).page(after, newestFirst, limit);
    }
    Comparator<StoredMessage> oldestFirst = Comparator.comparing(StoredMessage::position);
    return channels.stream()
        .flatMap(channel -> channel.page(after, newestFirst, limit).stream())
        .sorted(newestFirst ? oldestFirst.reversed() : oldestFirst)
        .limit(limit)
        .toList();
  }

  private byte[] resource(StoredMessage message) {
    JsonBytes out = new JsonBytes(ROOM_PER_MESSAGE);
    message.write(clock.millis(), out);
    return out.toByteArray();
  }

  /** Assumption 36: null for body or template is the same as no field. */
  private static JsonNode withoutNulls(JsonNode request) {
    if (request instanceof ObjectNode fields) {
      for (String name : List.of("body", "template")) {
        JsonNode value = fields.get(name);
        if (value != null && value.isNull()) {
          fields.remove(name);
        }
      }
    }
    return request;
  }

  private static void refuseIf(Complaints complaints) throws RefusedException {
    if (!complaints.isEmpty()) {
      throw new RefusedException(Errors.invalidBody(complaints));
    }
  }
}
