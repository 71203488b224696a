package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.http.ControlOperations.Control;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Interaction;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.Switches;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Lets recipients open, read and click. */
public final class InteractionOperations {
  private final Accounts accounts;
  private final Clock clock;
  private final Switches switches;

  /** For the messages of these accounts. */
  public InteractionOperations(Accounts accounts, Clock clock, Switches switches) {
    this.accounts = accounts;
    this.clock = clock;
    this.switches = switches;
  }

  Control add() {
    return (values, body) ->
        note(UUID.fromString(values.getOrDefault("messageId", "")), (ObjectNode) body)
            .map(resource -> Answer.json(201, resource))
            .orElseGet(() -> Errors.notFound("message"));
  }

  /**
   * Notes what a recipient did.
   *
   * @param fields {@code type} and, where wanted, {@code details}, {@code context} and {@code
   *     metadata}
   * @return the interaction as the API shows it; empty when there is no such message
   */
  public Optional<ObjectNode> note(UUID messageId, ObjectNode fields) {
    for (Channel channel : accounts.channels()) {
      Optional<StoredMessage> message = channel.find(messageId);
      if (message.isPresent()) {
        Interaction interaction =
            new Interaction(UUID.randomUUID(), clock.millis(), fields.deepCopy());
        channel.note(messageId, interaction);
        return Optional.of(
            InteractionResource.of(interaction, message.get(), channel, switches.values()));
      }
    }
    return Optional.empty();
  }

  /** The fields of an interaction of this type. */
  public static ObjectNode ofType(String type) {
    return Json.mapper().createObjectNode().put("type", type);
  }
}
