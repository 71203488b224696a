package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Contract;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.contract.MalformedJsonException;
import dev.birdconnect.simulator.contract.OperationContract;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.fault.Faults;
import dev.birdconnect.simulator.media.MediaStore;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Inspection;
import dev.birdconnect.simulator.store.JsonBytes;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.store.Workspace;
import dev.birdconnect.simulator.switches.SwitchValues;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The control calls: faults, incoming messages, what was made and what was asked. */
final class ControlOperations {
  /** One control call; the values of path and query have passed the document. */
  interface Control {
    Answer answer(Map<String, String> values, JsonNode body) throws RefusedException;
  }

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final JsonNode NO_BODY = Json.mapper().createObjectNode();

  private final Accounts accounts;
  private final Inspection inspection;
  private final Faults faults;
  private final Traffic traffic;
  private final MediaStore media;
  private final Clock clock;
  private final Contract channelsApi;

  ControlOperations(
      Accounts accounts,
      Inspection inspection,
      Faults faults,
      Traffic traffic,
      MediaStore media,
      Clock clock,
      Contract channelsApi) {
    this.accounts = accounts;
    this.inspection = inspection;
    this.faults = faults;
    this.traffic = traffic;
    this.media = media;
    this.clock = clock;
    this.channelsApi = channelsApi;
  }

  /** Checks the request by the document of the control calls, then answers it. */
  static Answer answer(Context request, OperationContract contract, Control control)
      throws IOException {
    try {
      Map<String, String> values = new HashMap<>();
      request.queryParamMap().forEach((name, list) -> values.put(name, list.get(0)));
      refuseParameters(contract.checkQuery(values));
      refuseParameters(contract.checkPath(request.pathParamMap()));
      values.putAll(request.pathParamMap());
      JsonNode body = NO_BODY;
      if (WITH_BODY.contains(request.req().getMethod())) {
        body = Json.read(request.req().getInputStream().readAllBytes());
        Complaints complaints = contract.checkBody(body);
        if (!complaints.isEmpty()) {
          return Errors.invalidBody(complaints);
        }
      }
      return control.answer(values, body);
    } catch (MalformedJsonException e) {
      return Errors.of(400, String.valueOf(e.getMessage()));
    } catch (RefusedException refused) {
      return refused.answer();
    }
  }

  Control listFaults() {
    return (values, body) -> {
      ObjectNode answer = Json.mapper().createObjectNode();
      ArrayNode rules = answer.putArray("faults");
      faults.list().forEach(state -> rules.add(FaultRuleJson.write(state)));
      return Answer.json(200, answer);
    };
  }

  Control addFault() {
    return (values, body) -> {
      try {
        FaultRule rule = FaultRuleJson.read(body);
        return Answer.json(201, Json.mapper().createObjectNode().put("id", faults.add(rule)));
      } catch (IllegalArgumentException e) {
        return Errors.invalidBody(Complaints.of(".", String.valueOf(e.getMessage())));
      }
    };
  }

  Control clearFaults() {
    return (values, body) -> {
      faults.clear();
      return Answer.json(200, NO_BODY);
    };
  }

  Control removeFault() {
    return (values, body) ->
        faults.remove(values.getOrDefault("faultId", ""))
            ? Answer.json(200, NO_BODY)
            : Errors.notFound("fault");
  }

  Control receiveInbound() {
    return (values, body) -> {
      UUID channelId = UUID.fromString(values.getOrDefault("channelId", ""));
      Inbox inbox = new Inbox(accounts);
      JsonNode messageBody =
          body.has("body") ? body.path("body") : Inbox.textBody(body.path("text").asString(""));
      Complaints complaints = channelsApi.check("Body", messageBody);
      if (!complaints.isEmpty()) {
        return Errors.invalidBody(complaints);
      }
      Optional<StoredMessage> made =
          inbox.receive(channelId, body.path("from").asString(), messageBody);
      return made.map(
              message -> {
                JsonBytes out = new JsonBytes(512);
                message.write(clock.millis(), SwitchValues.defaults(), out);
                return Answer.json(201, out.toByteArray());
              })
          .orElseGet(() -> Errors.notFound("channel"));
    };
  }

  Control listWorkspaces() {
    return (values, body) -> {
      ObjectNode answer = Json.mapper().createObjectNode();
      ArrayNode workspaces = answer.putArray("workspaces");
      for (Workspace workspace : accounts.workspaces()) {
        ObjectNode written = workspaces.addObject().put("id", workspace.id().toString());
        ArrayNode channels = written.putArray("channels");
        workspace
            .channels()
            .forEach(
                channel ->
                    channels.add(ChannelOperations.resource(channel, SwitchValues.defaults())));
      }
      return Answer.json(200, answer);
    };
  }

  Control listMessages(OperationContract contract) {
    return (values, body) -> {
      int limit =
          Optional.ofNullable(values.get("limit"))
              .map(Integer::parseInt)
              .orElseGet(() -> contract.defaultOf("limit"));
      Optional<UUID> only = Optional.ofNullable(values.get("channelId")).map(UUID::fromString);
      List<StoredMessage> latest =
          accounts.channels().stream()
              .filter(channel -> only.map(channel.id()::equals).orElse(true))
              .flatMap(channel -> channel.page(Optional.empty(), true, m -> true, limit).stream())
              .sorted(Comparator.comparingLong(StoredMessage::sequence).reversed())
              .limit(limit)
              .toList();
      JsonBytes out = new JsonBytes(1024 * (latest.size() + 1));
      out.append("{\"total\":")
          .append(Integer.toString(inspection.size()))
          .append(",\"results\":[");
      boolean first = true;
      for (StoredMessage message : latest) {
        if (!first) {
          out.append(',');
        }
        first = false;
        message.write(clock.millis(), SwitchValues.defaults(), out);
      }
      return Answer.json(200, out.append("]}").toByteArray());
    };
  }

  Control stats() {
    return (values, body) -> {
      ObjectNode answer = Json.mapper().createObjectNode();
      answer.put("messages", inspection.size());
      answer.put("inFlight", traffic.inFlight());
      answer.put("inFlightMaximum", traffic.inFlightMaximum());
      ObjectNode most = answer.putObject("mostInOneSecond");
      for (String method : List.of("GET", "POST")) {
        most.put(method, traffic.mostInOneSecond(method));
      }
      ArrayNode arrivals = answer.putArray("arrivals");
      traffic
          .arrivals()
          .forEach(
              count ->
                  arrivals
                      .addObject()
                      .put("second", count.second().toString())
                      .put("method", count.method())
                      .put("requests", count.requests()));
      answer
          .putObject("mediaStore")
          .put("forms", media.forms())
          .put("uploads", media.uploads())
          .put("authorizedRequests", media.authorizedRequests());
      ArrayNode requests = answer.putArray("requests");
      traffic
          .counts()
          .forEach(
              count ->
                  requests
                      .addObject()
                      .put("second", count.second().toString())
                      .put("method", count.method())
                      .put("status", count.status())
                      .put("requests", count.requests()));
      ArrayNode channels = answer.putArray("channels");
      for (Channel channel : accounts.channels()) {
        channels
            .addObject()
            .put("id", channel.id().toString())
            .put("messages", channel.all().size());
      }
      return Answer.json(200, answer);
    };
  }

  Control resetStats() {
    return (values, body) -> {
      traffic.reset();
      inspection.reset();
      return Answer.json(200, NO_BODY);
    };
  }

  Control statsByReference() {
    return (values, body) -> {
      ObjectNode answer = Json.mapper().createObjectNode();
      inspection.madeByReference().forEach(answer::put);
      return Answer.json(200, answer);
    };
  }

  Control statsByReceiver() {
    return (values, body) -> {
      ObjectNode answer = Json.mapper().createObjectNode();
      inspection
          .referencesByReceiver()
          .forEach(
              (receiver, references) -> {
                ArrayNode list = answer.putArray(receiver);
                references.forEach(list::add);
              });
      return Answer.json(200, answer);
    };
  }

  private static void refuseParameters(Complaints complaints) throws RefusedException {
    if (!complaints.isEmpty()) {
      throw new RefusedException(Errors.invalidParameters(complaints));
    }
  }
}
