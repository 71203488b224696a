package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Builds the body of a message event. */
final class BodyValue {

  private static final String TYPE = "type";
  private static final String MEDIA_URL = "mediaUrl";
  private static final String ITEMS = "items";
  private static final String ACTIONS = "actions";

  /** The lists of a body's content whose entries are media. */
  private static final List<String> MEDIA = List.of("images", "files", "attachments");

  private static final StructReader MEDIUM =
      StructReader.of(BodySchema.MEDIUM)
          .texts(MEDIA_URL, "contentType", "filename", "altText")
          .build();

  private static final StructReader ACTION_CONTENT =
      StructReader.of(BodySchema.ACTION)
          .texts("text", "url", "payload", "imageUrl", "currency")
          .field(
              "metadata",
              "label",
              metadata -> Json.text(metadata.path("description").path("label")))
          .field("amountCents", Json::integer)
          .build();

  private static final StructReader ITEM =
      StructReader.of(BodySchema.ITEM)
          .texts("title", "description", MEDIA_URL, "altText")
          .field("text", "description", Json::text)
          .field(ACTIONS, actions -> Json.list(actions, BodyValue::action))
          .build();

  private static final StructReader CONTENT =
      StructReader.of(BodySchema.BODY)
          .texts("text", "html", "title")
          .field("metadata", "subject", metadata -> Json.text(metadata.path("subject")))
          .field(ITEMS, items -> Json.list(items, BodyValue::item))
          .field(ACTIONS, actions -> Json.list(actions, BodyValue::action))
          .build();

  private BodyValue() {}

  /** Puts a body into a field; empty first, as {@link StructReader#put} does. */
  static void put(Struct message, Field field, JsonNode body) {
    if (!body.isObject()) {
      return;
    }
    JsonNode content = content(body);
    Struct value = new Struct(BodySchema.BODY);
    message.put(field, value);
    CONTENT.readInto(value, content);
    value
        .put(TYPE, Json.text(body.path(TYPE)))
        .put("mediaUrls", mediaUrls(content))
        .put("media", media(content))
        .put("location", location(content));
  }

  /** What a body or an action holds, which stands under the name of its type. */
  private static JsonNode content(JsonNode typed) {
    String type = Json.text(typed.path(TYPE));
    return type == null ? typed : typed.path(type);
  }

  private static @Nullable List<String> mediaUrls(JsonNode content) {
    List<String> urls = new ArrayList<>();
    addUrls(urls, content);
    return urls.isEmpty() ? null : urls;
  }

  private static void addUrls(List<String> urls, JsonNode content) {
    addUrl(urls, content);
    MEDIA.forEach(list -> content.path(list).forEach(entry -> addUrl(urls, entry)));
    content.path(ITEMS).forEach(item -> addUrls(urls, content(item)));
  }

  private static void addUrl(List<String> urls, JsonNode entry) {
    String url = Json.text(entry.path(MEDIA_URL));
    if (url != null) {
      urls.add(url);
    }
  }

  private static @Nullable List<Struct> media(JsonNode content) {
    List<Struct> media = new ArrayList<>();
    addMedia(media, content);
    return media.isEmpty() ? null : media;
  }

  private static void addMedia(List<Struct> media, JsonNode content) {
    if (Json.text(content.path(MEDIA_URL)) != null) {
      addMedium(media, content);
    }
    MEDIA.forEach(list -> content.path(list).forEach(entry -> addMedium(media, entry)));
    for (JsonNode item : content.path(ITEMS)) {
      if (item.has(TYPE)) {
        addMedia(media, content(item));
      }
    }
  }

  private static void addMedium(List<Struct> media, JsonNode entry) {
    Struct medium = MEDIUM.read(entry);
    if (medium != null) {
      media.add(medium);
    }
  }

  private static @Nullable Struct location(JsonNode content) {
    JsonNode coordinates = content.path("coordinates");
    JsonNode place = content.path("location");
    if (!coordinates.isObject()) {
      return null;
    }
    return new Struct(BodySchema.LOCATION)
        .put("latitude", Json.number(coordinates.path("latitude")))
        .put("longitude", Json.number(coordinates.path("longitude")))
        .put("address", Json.text(place.path("address")))
        .put("label", Json.text(place.path("label")));
  }

  /** An item of a section is a body itself; one of a list or carousel has no type. */
  private static @Nullable Struct item(JsonNode item) {
    Struct value = ITEM.read(content(item));
    return value == null || value.equals(new Struct(BodySchema.ITEM)) ? null : value;
  }

  private static @Nullable Struct action(JsonNode action) {
    if (!action.isObject()) {
      return null;
    }
    Struct value = new Struct(BodySchema.ACTION).put(TYPE, Json.text(action.path(TYPE)));
    ACTION_CONTENT.readInto(value, content(action));
    return value;
  }
}
