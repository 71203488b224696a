package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.message.Message;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Builds the value of a message event. */
final class MessageValue {

  /** The fields that have a place of their own; whatever else comes is kept as JSON text. */
  static final Set<String> KNOWN =
      Set.of(
          "id",
          "channelId",
          "sender",
          "receiver",
          "meta",
          "reference",
          "parts",
          "status",
          "reason",
          "details",
          "failure",
          "direction",
          "origin",
          "replyTo",
          "lastStatusAt",
          "createdAt",
          "updatedAt",
          "body",
          "template",
          "tags",
          "tagIds",
          "shortLinks",
          "scheduledFor",
          "sendAt",
          "bodyId",
          "chargeableUnits",
          "platformId",
          "platformReferenceId",
          "ignorePersistedEventhooks");

  private MessageValue() {}

  static Struct of(
      String eventId, String workspaceId, String channelId, Message message, boolean late) {
    JsonNode resource = message.resource();
    Struct value = new Struct(MessageSchema.VALUE);
    CommonFields.put(value, workspaceId, channelId, message);
    return value
        .put("eventId", eventId)
        .put("id", message.id())
        .put("sender", party(resource.path("sender")))
        .put("receiver", party(resource.path("receiver")))
        .put("body", BodyValue.of(resource.path("body")))
        .put("bodyJson", Json.json(resource, "body"))
        .put("bodyId", Json.text(resource, "bodyId"))
        .put("template", template(resource.path("template")))
        .put("templateJson", Json.json(resource, "template"))
        .put("metaJson", Json.json(resource, "meta"))
        .put("parts", Json.list(resource, "parts", MessageValue::part))
        .put("origin", origin(resource.path("origin")))
        .put("replyTo", replyTo(resource.path("replyTo")))
        .put("tags", Json.texts(resource, "tags"))
        .put("tagIds", Json.texts(resource, "tagIds"))
        .put("shortLinks", shortLinks(resource.path("shortLinks")))
        .put("platformReferenceId", Json.text(resource, "platformReferenceId"))
        .put("ignorePersistedEventhooks", Json.truth(resource, "ignorePersistedEventhooks"))
        .put("createdAt", Json.date(message.createdAt()))
        .put("createdAtText", resource.path("createdAt").asText())
        .put("sendAt", Json.time(resource, "sendAt"))
        .put("late", late)
        .put("otherFieldsJson", Json.otherFields(resource, KNOWN));
  }

  /** Sender and receiver have a connector on one side and contacts on the other. */
  private static @Nullable Struct party(JsonNode party) {
    if (!party.isObject()) {
      return null;
    }
    List<Struct> contacts = Json.list(party, "contacts", MessageValue::contact);
    Struct sender = contact(party.path("contact"));
    if (contacts == null && sender != null) {
      contacts = List.of(sender);
    }
    return new Struct(MessageSchema.PARTY)
        .put("connector", connector(party.path("connector")))
        .put("contacts", contacts);
  }

  private static @Nullable Struct connector(JsonNode connector) {
    if (!connector.isObject()) {
      return null;
    }
    return new Struct(MessageSchema.CONNECTOR)
        .put("id", Json.text(connector, "id"))
        .put("identifierValue", Json.text(connector, "identifierValue"))
        .put("name", Json.text(connector.path("annotations"), "name"))
        .put("types", Json.texts(connector, "types"))
        .put("annotationsJson", Json.json(connector, "annotations"));
  }

  private static @Nullable Struct contact(JsonNode contact) {
    if (!contact.isObject()) {
      return null;
    }
    return new Struct(MessageSchema.CONTACT)
        .put("id", Json.text(contact, "id"))
        .put("identifierKey", Json.text(contact, "identifierKey"))
        .put("identifierValue", Json.text(contact, "identifierValue"))
        .put("type", Json.text(contact, "type"))
        .put("countryCode", Json.text(contact, "countryCode"))
        .put("platformAddress", Json.text(contact, "platformAddress"))
        .put("platformAddressSelector", Json.text(contact, "platformAddressSelector"))
        .put("name", Json.text(contact.path("annotations"), "name"))
        .put("identifiers", Json.list(contact, "identifiers", MessageValue::identifier))
        .put("annotationsJson", Json.json(contact, "annotations"));
  }

  private static @Nullable Struct identifier(JsonNode identifier) {
    if (!identifier.isObject()) {
      return null;
    }
    return new Struct(MessageSchema.IDENTIFIER)
        .put("identifierKey", Json.text(identifier, "identifierKey"))
        .put("identifierValue", Json.text(identifier, "identifierValue"));
  }

  private static @Nullable Struct template(JsonNode template) {
    if (!template.isObject()) {
      return null;
    }
    return new Struct(MessageSchema.TEMPLATE)
        .put("name", Json.text(template, "name"))
        .put("projectId", Json.text(template, "projectId"))
        .put("version", Json.text(template, "version"))
        .put("locale", Json.text(template, "locale"));
  }

  private static @Nullable Struct part(JsonNode part) {
    if (!part.isObject()) {
      return null;
    }
    return new Struct(MessageSchema.PART)
        .put("platformReference", Json.text(part, "platformReference"));
  }

  private static @Nullable Struct origin(JsonNode origin) {
    if (!origin.isObject()) {
      return null;
    }
    return new Struct(MessageSchema.ORIGIN)
        .put("type", Json.text(origin, "type"))
        .put("id", Json.text(origin, "id"));
  }

  private static @Nullable Struct replyTo(JsonNode replyTo) {
    if (!replyTo.isObject()) {
      return null;
    }
    return new Struct(MessageSchema.REPLY_TO)
        .put("id", Json.text(replyTo, "id"))
        .put("type", Json.text(replyTo, "type"))
        .put("order", Json.integer(replyTo, "order"));
  }

  private static @Nullable Struct shortLinks(JsonNode shortLinks) {
    if (!shortLinks.isObject()) {
      return null;
    }
    return new Struct(MessageSchema.SHORT_LINKS).put("domain", Json.text(shortLinks, "domain"));
  }
}
