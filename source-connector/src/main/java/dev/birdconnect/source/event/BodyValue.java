package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Builds the body of a message event. */
final class BodyValue {

  /** The lists of a body's content whose entries are media. */
  private static final List<String> MEDIA = List.of("images", "files", "attachments");

  private static final String ITEMS = "items";

  private BodyValue() {}

  static @Nullable Struct of(JsonNode body) {
    if (!body.isObject()) {
      return null;
    }
    String type = Json.text(body, "type");
    JsonNode content = type == null ? body : body.path(type);
    return new Struct(BodySchema.BODY)
        .put("type", type)
        .put("text", Json.text(content, "text"))
        .put("html", Json.text(content, "html"))
        .put("subject", Json.text(content.path("metadata"), "subject"))
        .put("mediaUrls", mediaUrls(content))
        .put("title", Json.text(content, "title"))
        .put("media", media(content))
        .put("location", location(content))
        .put("items", Json.list(content, ITEMS, BodyValue::item))
        .put("actions", Json.list(content, "actions", BodyValue::action));
  }

  private static @Nullable List<String> mediaUrls(JsonNode content) {
    List<String> urls = new ArrayList<>();
    addUrl(urls, content);
    MEDIA.forEach(list -> content.path(list).forEach(entry -> addUrl(urls, entry)));
    content.path(ITEMS).forEach(entry -> addUrl(urls, entry));
    return urls.isEmpty() ? null : urls;
  }

  private static void addUrl(List<String> urls, JsonNode entry) {
    String url = Json.text(entry, "mediaUrl");
    if (url != null) {
      urls.add(url);
    }
  }

  private static @Nullable List<Struct> media(JsonNode content) {
    List<Struct> media = new ArrayList<>();
    if (Json.text(content, "mediaUrl") != null) {
      media.add(medium(content));
    }
    MEDIA.forEach(
        list ->
            content
                .path(list)
                .forEach(
                    entry -> {
                      if (entry.isObject()) {
                        media.add(medium(entry));
                      }
                    }));
    return media.isEmpty() ? null : media;
  }

  private static Struct medium(JsonNode entry) {
    return new Struct(BodySchema.MEDIUM)
        .put("mediaUrl", Json.text(entry, "mediaUrl"))
        .put("contentType", Json.text(entry, "contentType"))
        .put("filename", Json.text(entry, "filename"))
        .put("altText", Json.text(entry, "altText"));
  }

  private static @Nullable Struct location(JsonNode content) {
    JsonNode coordinates = content.path("coordinates");
    JsonNode place = content.path("location");
    if (!coordinates.isObject()) {
      return null;
    }
    return new Struct(BodySchema.LOCATION)
        .put("latitude", Json.number(coordinates, "latitude"))
        .put("longitude", Json.number(coordinates, "longitude"))
        .put("address", Json.text(place, "address"))
        .put("label", Json.text(place, "label"));
  }

  private static @Nullable Struct item(JsonNode item) {
    if (!item.isObject()) {
      return null;
    }
    return new Struct(BodySchema.ITEM)
        .put("title", Json.text(item, "title"))
        .put("description", Json.text(item, "description"))
        .put("mediaUrl", Json.text(item, "mediaUrl"))
        .put("altText", Json.text(item, "altText"))
        .put("actions", Json.list(item, "actions", BodyValue::action));
  }

  private static @Nullable Struct action(JsonNode action) {
    if (!action.isObject()) {
      return null;
    }
    String type = Json.text(action, "type");
    JsonNode content = type == null ? action : action.path(type);
    return new Struct(BodySchema.ACTION)
        .put("type", type)
        .put("text", Json.text(content, "text"))
        .put("url", Json.text(content, "url"))
        .put("payload", Json.text(content, "payload"))
        .put("imageUrl", Json.text(content, "imageUrl"))
        .put("label", Json.text(content.path("metadata").path("description"), "label"))
        .put("amountCents", Json.integer(content, "amountCents"))
        .put("currency", Json.text(content, "currency"));
  }
}
