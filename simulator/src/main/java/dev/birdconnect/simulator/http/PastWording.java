package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.fault.Verdict.Hiding;
import dev.birdconnect.simulator.generation.Wording;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Workspace;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Writes messages of a generated history in the form of messages that were sent and received. */
final class PastWording implements Wording {
  private final Workspace workspace;
  private final Channel channel;

  PastWording(Workspace workspace, Channel channel) {
    this.workspace = workspace;
    this.channel = channel;
  }

  @Override
  public ObjectNode outgoing(String contact, String text, String reference) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.putObject("receiver").putArray("contacts").addObject().put("identifierValue", contact);
    request.set("body", Inbox.textBody(text));
    request.put("reference", reference);
    return MessageResource.sent(
            workspace,
            channel,
            request,
            0,
            Hiding.NONE,
            Optional.empty(),
            Optional.empty(),
            SwitchValues.defaults())
        .resource();
  }

  @Override
  public ObjectNode incoming(String contact, String text) {
    return MessageResource.received(workspace, channel, contact, Inbox.textBody(text)).resource();
  }
}
