package dev.birdconnect.client.request;

import static dev.birdconnect.client.request.Shape.Scalar.BOOLEAN;
import static dev.birdconnect.client.request.Shape.Scalar.INTEGER;
import static dev.birdconnect.client.request.Shape.Scalar.MEDIA_URL;
import static dev.birdconnect.client.request.Shape.Scalar.NUMBER;
import static dev.birdconnect.client.request.Shape.Scalar.TEXT;
import static dev.birdconnect.client.request.Shape.closed;
import static dev.birdconnect.client.request.Shape.open;

import dev.birdconnect.client.request.Shape.ByType;
import dev.birdconnect.client.request.Shape.Later;
import dev.birdconnect.client.request.Shape.ListOf;
import dev.birdconnect.client.request.Shape.MapOf;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms of bodies; a part of {@link SendShape}. */
final class BodyShape {

  static final Shape TEXT_MAP = new MapOf(TEXT);
  static final Shape EMAIL_FROM = closed("username", TEXT, "displayName", TEXT);

  private static final Shape TELEGRAM = closed("parseMode", TEXT);
  private static final Shape ACTION_METADATA = open("description", closed("label", TEXT));
  private static final Shape MEDIA_METADATA =
      open("subject", TEXT, "fallbackText", TEXT, "storyType", TEXT, "telegram", TELEGRAM);

  private static final Shape ACTIONS =
      new ListOf(
          new ByType(
              Map.of(
                  "link",
                  open("type!", TEXT, "link!", open("text!", TEXT, "url!", TEXT)),
                  "reply",
                  open(
                      "type!",
                      TEXT,
                      "reply!",
                      open("text!", TEXT, "imageUrl", TEXT, "metadata", ACTION_METADATA)),
                  "postback",
                  open(
                      "type!",
                      TEXT,
                      "postback!",
                      open(
                          "text!",
                          TEXT,
                          "payload",
                          TEXT,
                          "imageUrl",
                          TEXT,
                          "metadata",
                          ACTION_METADATA)),
                  "locationRequest",
                  open("type!", TEXT, "locationRequest", open("text", TEXT)),
                  "buy",
                  open(
                      "type!",
                      TEXT,
                      "buy!",
                      open("text!", TEXT, "amountCents!", INTEGER, "currency!", TEXT)))));

  private static final Shape ITEMS =
      new ListOf(
          closed(
              "title",
              TEXT,
              "mediaUrl",
              MEDIA_URL,
              "description",
              TEXT,
              "altText",
              TEXT,
              "actions",
              ACTIONS));

  private static final Shape TEXT_BODY =
      closed(
          "text!",
          TEXT,
          "attachments",
          new ListOf(
              closed(
                  "mediaUrl!", MEDIA_URL, "filename!", TEXT, "inline", BOOLEAN, "contentId", TEXT)),
          "actions",
          ACTIONS,
          "metadata",
          closed(
              "subject",
              TEXT,
              "headers",
              TEXT_MAP,
              "whatsapp",
              closed("previewUrl", BOOLEAN),
              "line",
              closed(
                  "emoji",
                  closed(
                      "items",
                      new ListOf(
                          closed(
                              "index!",
                              INTEGER,
                              "productId!",
                              TEXT,
                              "emojiId!",
                              TEXT,
                              "length",
                              INTEGER)))),
              "telegram",
              TELEGRAM,
              "apple",
              closed("summaryText", TEXT)));

  private static final Shape HTML_BODY =
      closed(
          "text",
          TEXT,
          "html",
          TEXT,
          "attachments",
          new ListOf(
              closed(
                  "mediaUrl",
                  MEDIA_URL,
                  "filename!",
                  TEXT,
                  "inline",
                  BOOLEAN,
                  "content",
                  TEXT,
                  "contentType",
                  TEXT,
                  "contentId",
                  TEXT)),
          "actions",
          ACTIONS,
          "metadata",
          closed(
              "subject",
              TEXT,
              "emailFrom",
              EMAIL_FROM,
              "headers",
              TEXT_MAP,
              "initialOpenTracking",
              BOOLEAN,
              "clickTracking",
              BOOLEAN,
              "openTracking",
              BOOLEAN));

  private static final Shape IMAGE_BODY =
      closed(
          "text",
          TEXT,
          "images!",
          new ListOf(closed("mediaUrl!", MEDIA_URL, "altText", TEXT)),
          "metadata",
          MEDIA_METADATA,
          "actions",
          ACTIONS);

  private static final Shape FILE_BODY =
      closed(
          "text",
          TEXT,
          "files!",
          new ListOf(
              closed(
                  "mediaUrl!",
                  MEDIA_URL,
                  "contentType!",
                  TEXT,
                  "filename",
                  TEXT,
                  "altText",
                  TEXT,
                  "metadata",
                  open("isAnimated", BOOLEAN))),
          "metadata",
          MEDIA_METADATA,
          "actions",
          ACTIONS);

  private static final Shape GIF_BODY =
      closed(
          "text",
          TEXT,
          "mediaUrl!",
          MEDIA_URL,
          "altText",
          TEXT,
          "actions",
          ACTIONS,
          "metadata",
          open("telegram", TELEGRAM));

  private static final Shape LOCATION_BODY =
      closed(
          "coordinates!",
          closed("latitude", NUMBER, "longitude", NUMBER),
          "location",
          closed("address", TEXT, "label", TEXT));

  private static final Shape CAROUSEL_BODY = closed("text", TEXT, "items!", ITEMS);

  private static final Shape LIST_BODY =
      closed(
          "title",
          TEXT,
          "text!",
          TEXT,
          "altText",
          TEXT,
          "items",
          ITEMS,
          "actions",
          ACTIONS,
          "metadata",
          open(
              "button",
              closed("label", TEXT),
              "replyMessage",
              closed("title", TEXT, "text", TEXT)));

  private static final Shape AUTHENTICATION_BODY =
      closed("otp", closed("disclaimer!", BOOLEAN, "expirationTime", INTEGER, "actions", ACTIONS));

  private static final Shape NESTED_SECTION_BODY =
      closed("items", new ListOf(new ByType(plainBodies())), "configurations", TEXT_MAP);

  private static final Shape SECTION_BODY =
      closed(
          "items",
          new ListOf(new Later(() -> new ByType(sectionBodies()))),
          "configurations",
          TEXT_MAP);

  /** A body, by its type. */
  static final Shape BODY = new ByType(bodies());

  private BodyShape() {}

  private static Map<String, Shape> bodies() {
    Map<String, Shape> bodies = new LinkedHashMap<>(sectionBodies());
    bodies.put("html", body("html", HTML_BODY));
    bodies.put("authentication", body("authentication", AUTHENTICATION_BODY));
    bodies.put("action", closed("type!", TEXT, "permission_request", open("resource!", TEXT)));
    bodies.put("section", body("section", SECTION_BODY));
    return bodies;
  }

  private static Map<String, Shape> sectionBodies() {
    Map<String, Shape> bodies = new LinkedHashMap<>(plainBodies());
    bodies.put("section", body("section", NESTED_SECTION_BODY));
    return bodies;
  }

  private static Map<String, Shape> plainBodies() {
    Map<String, Shape> bodies = new LinkedHashMap<>();
    bodies.put("text", body("text", TEXT_BODY));
    bodies.put("image", body("image", IMAGE_BODY));
    bodies.put("file", body("file", FILE_BODY));
    bodies.put("gif", body("gif", GIF_BODY));
    bodies.put("location", body("location", LOCATION_BODY));
    bodies.put("carousel", body("carousel", CAROUSEL_BODY));
    bodies.put("list", body("list", LIST_BODY));
    return bodies;
  }

  private static Shape body(String type, Shape content) {
    return closed("type!", TEXT, type + "!", content);
  }
}
