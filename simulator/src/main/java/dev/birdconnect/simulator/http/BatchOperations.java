package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends of up to a hundred messages. The envelope is checked at once; a request in it that is not
 * valid becomes a rejected message (assumptions 20 and 38).
 */
final class BatchOperations {
  private static final String REQUESTS = "messageRequests";
  private static final Pattern WITHIN =
      Pattern.compile("\\." + REQUESTS + "\\[([0-9]+)](?:\\.([^.\\[]+).*)?");

  /** A request of a batch with the fields that are not valid. */
  private record Request(JsonNode sent, boolean valid) {}

  private final Sending sending;
  private final Delays delays;

  BatchOperations(Sending sending, Delays delays) {
    this.sending = sending;
    this.delays = delays;
  }

  Operation send() {
    return call -> {
      JsonNode envelope = call.body().orElseThrow();
      for (JsonNode request : envelope.path(REQUESTS)) {
        Sending.normalized(request, call.switches());
      }
      if (call.switches().has(Choice.FIELDS_FIRST)) {
        requests(call, envelope);
      }
      Channel channel = call.channel();
      QueryChecks.check(call);
      List<Request> requests = requests(call, envelope);
      UUID batch = UUID.randomUUID();
      if (call.switches().has(Choice.BATCH_ANY_ORDER)) {
        Collections.shuffle(requests, new Random(batch.getLeastSignificantBits()));
      }
      Duration delay = call.switches().duration(Switch.BATCH_DELAY);
      if (delay.isZero()) {
        make(call, channel, requests, batch);
      } else {
        var unused = delays.after(delay).thenRun(() -> make(call, channel, requests, batch));
      }
      return Answer.json(202, Json.mapper().createObjectNode().put("id", batch.toString()));
    };
  }

  private void make(Call call, Channel channel, List<Request> requests, UUID batch) {
    for (Request request : requests) {
      channel.add(sending.draftOfBatch(call, channel, request.sent(), request.valid(), batch));
    }
  }

  /** The requests, what is not valid in them taken out; refuses an envelope that is not valid. */
  private static List<Request> requests(Call call, JsonNode envelope) throws RefusedException {
    Complaints ofEnvelope = new Complaints();
    Map<Integer, Set<String>> wrong = new HashMap<>();
    call.contract()
        .checkBody(envelope)
        .byPath()
        .forEach(
            (path, texts) -> {
              Matcher within = WITHIN.matcher(path);
              if (within.matches()) {
                Set<String> fields =
                    wrong.computeIfAbsent(Integer.valueOf(within.group(1)), i -> new TreeSet<>());
                if (within.group(2) != null) {
                  fields.add(within.group(2));
                }
              } else {
                texts.forEach(text -> ofEnvelope.add(path, text));
              }
            });
    if (!ofEnvelope.isEmpty()) {
      throw new RefusedException(Errors.invalidBody(ofEnvelope));
    }
    List<Request> requests = new ArrayList<>();
    for (JsonNode sent : envelope.path(REQUESTS)) {
      Set<String> fields = wrong.get(requests.size());
      if (fields == null) {
        requests.add(new Request(sent, true));
      } else {
        ObjectNode usable =
            sent instanceof ObjectNode object ? object : Json.mapper().createObjectNode();
        requests.add(new Request(usable.deepCopy().remove(fields), false));
      }
    }
    return requests;
  }
}
