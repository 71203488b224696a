package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.life.Outcome;
import dev.birdconnect.simulator.media.MediaStore;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Draft;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One send: its rules and the message it becomes. */
final class Sending {
  private record IdempotencyKey(UUID channel, String key) {}

  private final Clock clock;
  private final MediaStore media;
  private final Map<IdempotencyKey, StoredMessage> byKey = new ConcurrentHashMap<>();

  Sending(Clock clock, MediaStore media) {
    this.clock = clock;
    this.media = media;
  }

  Operation send() {
    return call -> {
      JsonNode request = normalized(call.body().orElseThrow(), call.switches());
      if (call.switches().has(Choice.FIELDS_FIRST)) {
        refuseIf(call.contract().checkBody(request));
      }
      Channel channel = call.channel();
      QueryChecks.check(call);
      refuseIf(call.contract().checkBody(request));
      Optional<String> key =
          call.idempotencyKey().filter(k -> call.switches().has(Choice.KEY_HONOURED));
      StoredMessage made;
      if (key.isPresent()) {
        Draft draft = draft(call, channel, request);
        made =
            byKey.computeIfAbsent(
                new IdempotencyKey(channel.id(), key.get()), k -> channel.add(draft));
      } else if (call.switches().has(Choice.CONFLICT_ON_REFERENCE)) {
        made = makeUnlessKnown(call, channel, request);
      } else {
        made = channel.add(draft(call, channel, request));
      }
      return MessageOperations.answer(202, made, clock.millis(), call.switches());
    };
  }

  private synchronized StoredMessage makeUnlessKnown(Call call, Channel channel, JsonNode request)
      throws RefusedException {
    Draft draft = draft(call, channel, request);
    if (!draft.reference().isEmpty()
        && channel.all().stream().anyMatch(m -> m.reference().equals(draft.reference()))) {
      throw new RefusedException(
          Errors.of(409, "A message of the channel has the reference already"));
    }
    return channel.add(draft);
  }

  private Draft draft(Call call, Channel channel, JsonNode request) throws RefusedException {
    SwitchValues switches = call.switches();
    String platform = channel.settings().platform();
    long now = clock.millis();
    if (SendRules.hasTooManyContacts(request, platform) && switches.has(Choice.SEVERAL_400)) {
      throw new RefusedException(
          Errors.of(400, "Several contacts in one message are supported by email only"));
    }
    refuseIf(SendRules.check(request, platform, now, switches));
    boolean mediaThere =
        switches.has(Choice.MISSING_MEDIA_PASSES) || media.hasAllOf(request, channel.id());
    if (!mediaThere && switches.has(Choice.MISSING_MEDIA_REFUSED)) {
      refuseIf(Complaints.of(".body", "a mediaUrl was never uploaded"));
    }
    return MessageResource.sent(
        call.workspace(),
        channel,
        request,
        now,
        call.hiding(),
        SendRules.outcome(request, platform, now, switches)
            .or(() -> mediaThere ? Optional.empty() : Optional.of(Outcome.SENDING_FAILED)),
        Optional.empty(),
        switches);
  }

  /**
   * A request of a batch, checked after the batch was answered: what is wrong with it becomes a
   * message with status {@code rejected}.
   *
   * @param valid whether it passed the document
   */
  Draft draftOfBatch(Call call, Channel channel, JsonNode asSent, boolean valid, UUID batch) {
    SwitchValues switches = call.switches();
    JsonNode request = normalized(asSent, switches);
    String platform = channel.settings().platform();
    long now = clock.millis();
    Optional<Outcome> outcome = SendRules.outcome(request, platform, now, switches);
    if (!valid) {
      outcome = Optional.of(Outcome.REJECTED);
    } else if (SendRules.hasTooManyContacts(request, platform)) {
      outcome = Optional.of(Outcome.MISCONFIGURED);
    } else if (!SendRules.check(request, platform, now, switches).isEmpty()) {
      outcome = Optional.of(Outcome.REJECTED);
    } else if (outcome.isEmpty()
        && !switches.has(Choice.MISSING_MEDIA_PASSES)
        && !media.hasAllOf(request, channel.id())) {
      outcome = Optional.of(Outcome.SENDING_FAILED);
    }
    return MessageResource.sent(
        call.workspace(),
        channel,
        request,
        now,
        call.hiding(),
        outcome,
        Optional.of(batch),
        switches);
  }

  /** Null for body or template is no field (36), and a body beside a template may be none (14). */
  static JsonNode normalized(JsonNode request, SwitchValues switches) {
    if (request instanceof ObjectNode fields) {
      for (String name : List.of("body", "template")) {
        JsonNode value = fields.get(name);
        if (value != null && value.isNull() && switches.has(Choice.NULL_IS_MISSING)) {
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
