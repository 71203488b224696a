package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.store.JsonBytes;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/** The operations on one message. */
final class MessageOperations {
  private static final int ROOM_PER_MESSAGE = 1024;

  private final Clock clock;

  MessageOperations(Clock clock) {
    this.clock = clock;
  }

  Operation get() {
    return call -> {
      long now = clock.millis();
      StoredMessage message = message(call, now);
      QueryChecks.check(call);
      return answer(200, message, now, call.switches());
    };
  }

  Operation interactions() {
    return call -> {
      StoredMessage message = message(call, clock.millis());
      QueryChecks.check(call);
      ObjectNode answer = Json.mapper().createObjectNode();
      answer.set(
          "results",
          InteractionResource.list(
              call.channel(),
              message,
              call.channel().interactions(message.position().id()),
              call.switches()));
      return Answer.json(200, answer);
    };
  }

  static Answer answer(int status, StoredMessage message, long nowMillis, SwitchValues switches) {
    JsonBytes out = new JsonBytes(ROOM_PER_MESSAGE);
    message.write(nowMillis, switches, out);
    return Answer.json(status, out.toByteArray());
  }

  private static StoredMessage message(Call call, long nowMillis) throws RefusedException {
    return call.channel()
        .find(call.messageId())
        .filter(message -> message.isReadable(nowMillis, call.switches()))
        .orElseThrow(() -> new RefusedException(Errors.notFound("message")));
  }
}
