package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.fault.Verdict.Hiding;
import dev.birdconnect.simulator.life.Outcome;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Draft;
import dev.birdconnect.simulator.store.Ids;
import dev.birdconnect.simulator.store.Workspace;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds the fields of a message that never change from what was sent or received. */
public final class MessageResource {
  private static final List<String> AS_SENT =
      List.of("body", "template", "meta", "replyTo", "shortLinks", "scheduledFor");
  private static final List<String> CONTACT_AS_SENT =
      List.of("type", "identifiers", "platformAddressSelector");

  private MessageResource() {}

  /**
   * A message being sent.
   *
   * @param request the send, by its schema or, in a batch, at least an object
   * @param outcome how the message ends, where its content decides that
   */
  static Draft sent(
      Workspace workspace,
      Channel channel,
      JsonNode request,
      long nowMillis,
      Hiding hiding,
      Optional<Outcome> outcome,
      Optional<UUID> batch,
      SwitchValues switches) {
    ObjectNode resource = Json.mapper().createObjectNode();
    ObjectNode connector = resource.putObject("sender").putObject("connector");
    connector.put("id", channel.connectorId().toString());
    JsonNode override = request.path("sender").path("connector");
    connector.put(
        "identifierValue",
        override.path("identifierValue").asString(channel.settings().identifier()));
    copy(override, connector, "annotations");

    ArrayNode contacts = Json.mapper().createArrayNode();
    String receiver = "";
    for (JsonNode contact : request.path("receiver").path("contacts")) {
      ObjectNode written = contact(workspace, contact, switches);
      contacts.add(written);
      if (receiver.isEmpty()) {
        receiver = written.path("identifierValue").asString(written.path("id").asString());
      }
    }
    if (!contacts.isEmpty()) {
      resource.putObject("receiver").set("contacts", contacts);
    }
    AS_SENT.forEach(name -> copy(request, resource, name));
    if (request.has("body") && request.has("template")) {
      resource.remove("body");
    }
    if (request.has("tags")) {
      ArrayNode written = resource.putArray("tags");
      tags(request.path("tags"), switches).forEach(written::add);
    }
    String reference = request.path("reference").asString("");
    resource.put("reference", reference).put("direction", "outgoing");
    return new Draft(
        false,
        reference,
        receiver,
        SendRules.scheduledFor(request, nowMillis),
        hiding.fromAll().toMillis(),
        hiding.fromLists().toMillis(),
        outcome,
        batch,
        resource);
  }

  /** Assumption 24. */
  private static Collection<String> tags(JsonNode sent, SwitchValues switches) {
    Collection<String> tags = new LinkedHashSet<>();
    if (switches.has(Choice.TAGS_SORTED)) {
      tags = new TreeSet<>();
    } else if (switches.has(Choice.TAGS_WITH_REPEATS)) {
      tags = new ArrayList<>();
    }
    for (JsonNode tag : sent) {
      tags.add(tag.asString().toLowerCase(Locale.ROOT));
    }
    return tags;
  }

  /**
   * A message from a contact.
   *
   * @param from identifier of the contact
   * @param body the message's body, by its schema
   */
  public static Draft received(Workspace workspace, Channel channel, String from, JsonNode body) {
    ObjectNode resource = Json.mapper().createObjectNode();
    resource
        .putObject("sender")
        .putObject("contact")
        .put("id", contactId(workspace, from))
        .put("identifierKey", keyOf(from))
        .put("identifierValue", from)
        .put("platformAddress", from);
    resource
        .putObject("receiver")
        .putObject("connector")
        .put("id", channel.connectorId().toString())
        .put("identifierValue", channel.settings().identifier());
    resource.set("body", body);
    resource.put("reference", "").put("direction", "incoming");
    return new Draft(
        true, "", from, Optional.empty(), 0, 0, Optional.empty(), Optional.empty(), resource);
  }

  /** Assumption 28: the same id for the same identifier of a workspace, or a new one each time. */
  private static ObjectNode contact(Workspace workspace, JsonNode contact, SwitchValues switches) {
    ObjectNode written = Json.mapper().createObjectNode();
    JsonNode main = contact.has("identifierValue") ? contact : contact.path("identifiers").path(0);
    String value = main.path("identifierValue").asString("");
    String id =
        switches.has(Choice.CONTACT_PER_MESSAGE)
            ? UUID.randomUUID().toString()
            : contactId(workspace, value);
    written.put("id", contact.path("id").asString(id));
    if (!value.isEmpty()) {
      written.put("identifierKey", main.path("identifierKey").asString(keyOf(value)));
      written.put("identifierValue", value);
      written.put("platformAddress", contact.path("platformAddress").asString(value));
    } else {
      copy(contact, written, "platformAddress");
    }
    CONTACT_AS_SENT.forEach(name -> copy(contact, written, name));
    return written;
  }

  static String contactId(Workspace workspace, String identifier) {
    return Ids.named(workspace.id().toString(), identifier).toString();
  }

  static String keyOf(String identifier) {
    return identifier.indexOf('@') >= 0 ? "emailaddress" : "phonenumber";
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    JsonNode value = from.get(name);
    if (value != null && !value.isNull()) {
      to.set(name, value);
    }
  }
}
