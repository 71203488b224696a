package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.message.Message;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Builds the value of a message event. */
final class MessageValue {

  private static final String CONTACTS = "contacts";
  private static final String ANNOTATIONS = "annotations";
  private static final String ANNOTATIONS_JSON = "annotationsJson";

  private static final StructReader CONNECTOR =
      StructReader.of(MessageSchema.CONNECTOR)
          .texts("id", "identifierValue")
          .field(ANNOTATIONS, "name", MessageValue::name)
          .field(ANNOTATIONS, ANNOTATIONS_JSON, Json::json)
          .field("types", Json::texts)
          .build();

  private static final StructReader IDENTIFIER =
      StructReader.of(MessageSchema.IDENTIFIER).texts("identifierKey", "identifierValue").build();

  private static final StructReader CONTACT =
      StructReader.of(MessageSchema.CONTACT)
          .texts("id", "identifierKey", "identifierValue", "type", "countryCode")
          .texts("platformAddress", "platformAddressSelector")
          .field(ANNOTATIONS, "name", MessageValue::name)
          .field(ANNOTATIONS, ANNOTATIONS_JSON, Json::json)
          .objects("identifiers", IDENTIFIER)
          .build();

  private static final StructReader PARTY =
      StructReader.of(MessageSchema.PARTY)
          .object("connector", CONNECTOR)
          .objects(CONTACTS, CONTACT)
          .build();

  private static final StructReader TEMPLATE =
      StructReader.of(MessageSchema.TEMPLATE)
          .texts("name", "projectId", "version", "locale")
          .build();

  private static final StructReader PART =
      StructReader.of(MessageSchema.PART).texts("platformReference").build();

  private static final StructReader ORIGIN =
      StructReader.of(MessageSchema.ORIGIN).texts("type", "id").build();

  private static final StructReader REPLY_TO =
      StructReader.of(MessageSchema.REPLY_TO)
          .texts("id", "type")
          .field("order", Json::integer)
          .build();

  private static final StructReader SHORT_LINKS =
      StructReader.of(MessageSchema.SHORT_LINKS).texts("domain").build();

  /** Whatever has no place of its own is kept as JSON text. */
  static final StructReader MESSAGE =
      CommonFields.readBy(StructReader.of(MessageSchema.VALUE))
          .filled("sender", MessageValue::putParty)
          .filled("receiver", MessageValue::putParty)
          .filled("body", BodyValue::put)
          .field("body", "bodyJson", Json::json)
          .texts("bodyId", "platformReferenceId")
          .object("template", TEMPLATE)
          .field("template", "templateJson", Json::json)
          .field("meta", "metaJson", Json::json)
          .objects("parts", PART)
          .object("origin", ORIGIN)
          .object("replyTo", REPLY_TO)
          .field("tags", Json::texts)
          .field("tagIds", Json::texts)
          .object("shortLinks", SHORT_LINKS)
          .field("ignorePersistedEventhooks", Json::truth)
          .field("createdAt", "createdAtText", Json::text)
          .field("sendAt", Json::time)
          .known("id", "channelId", "status")
          .others("otherFieldsJson")
          .build();

  private MessageValue() {}

  static Struct of(String eventId, MessageFacts facts, boolean late) {
    Message message = facts.message();
    Struct value = new Struct(MessageSchema.VALUE);
    MESSAGE.readInto(value, message.resource());
    CommonFields.put(value, facts);
    return value
        .put("eventId", eventId)
        .put("id", message.id())
        .put("createdAt", Json.date(message.createdAt()))
        .put("late", late);
  }

  private static @Nullable String name(JsonNode annotations) {
    return Json.text(annotations.path("name"));
  }

  /** Sender and receiver have a connector on one side and contacts on the other. */
  private static void putParty(Struct message, Field field, JsonNode party) {
    Struct value = PARTY.put(message, field, party);
    if (value != null && value.get(CONTACTS) == null) {
      Struct sender = CONTACT.read(party.path("contact"));
      if (sender != null) {
        value.put(CONTACTS, List.of(sender));
      }
    }
  }
}
