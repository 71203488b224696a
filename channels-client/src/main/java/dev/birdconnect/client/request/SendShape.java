package dev.birdconnect.client.request;

import static dev.birdconnect.client.request.Shape.Scalar.ANYTHING;
import static dev.birdconnect.client.request.Shape.Scalar.BOOLEAN;
import static dev.birdconnect.client.request.Shape.Scalar.INTEGER;
import static dev.birdconnect.client.request.Shape.Scalar.MEDIA_URL;
import static dev.birdconnect.client.request.Shape.Scalar.TEXT;
import static dev.birdconnect.client.request.Shape.closed;
import static dev.birdconnect.client.request.Shape.open;

import dev.birdconnect.client.request.Shape.ListOf;
import dev.birdconnect.client.request.Shape.MapOf;

/**
 * The form of a send: which fields there are and which are required (pages <i>Messaging</i> and
 * <i>Sending WhatsApp messages</i>, which carry the full schema). Lengths, patterns and formats are
 * left to the API. A test compares this table with the OpenAPI document.
 */
final class SendShape {

  private static final Shape ANNOTATIONS = closed("name", TEXT);

  private static final Shape META =
      closed(
          "extraInformation",
          new MapOf(ANYTHING),
          "referral",
          closed(
              "source",
              TEXT,
              "title",
              TEXT,
              "text",
              TEXT,
              "group",
              TEXT,
              "metadata",
              closed(
                  "source_id", TEXT, "source_url", TEXT, "media_url", TEXT, "tracking_id", TEXT)),
          "order",
          closed(
              "products",
              new ListOf(
                  closed(
                      "externalCatalogId",
                      TEXT,
                      "externalProductId",
                      TEXT,
                      "quantity",
                      INTEGER,
                      "price",
                      closed("amount", INTEGER, "exponent", INTEGER, "currencyCode", TEXT)))),
          "referredProduct",
          closed("externalCatalogId", TEXT, "externalProductId", TEXT),
          "email",
          closed("subject", TEXT, "headers", BodyShape.TEXT_MAP, "from", BodyShape.EMAIL_FROM),
          "pushNotifications",
          closed("gatewayTypeOverride", TEXT),
          "navigatorId",
          TEXT,
          "navigatorMessageId",
          TEXT,
          "flow",
          closed("id", TEXT, "name", TEXT, "stepId", TEXT, "runId", TEXT),
          "journey",
          closed("id", TEXT, "name", TEXT, "stepId", TEXT, "runId", TEXT),
          "campaign",
          closed("id", TEXT, "name", TEXT));

  private static final Shape TEMPLATE =
      closed(
          "name",
          TEXT,
          "projectId",
          TEXT,
          "version",
          TEXT,
          "locale",
          TEXT,
          "attachments",
          new ListOf(closed("mediaUrl!", MEDIA_URL, "filename!", TEXT, "inline", BOOLEAN)),
          "shortLinks",
          open("enabled", BOOLEAN, "domain", TEXT),
          "variables",
          BodyShape.TEXT_MAP,
          "utmParameters",
          new ListOf(closed("key!", TEXT, "value", TEXT, "reference", TEXT)),
          "parameters",
          new ListOf(closed("type!", TEXT, "key!", TEXT, "value", ANYTHING)),
          "settings",
          open("disallowMmLite", BOOLEAN));

  /** A whole send. */
  static final Shape SEND =
      closed(
          "sender",
          closed("connector!", open("identifierValue!", TEXT, "annotations", ANNOTATIONS)),
          "receiver!",
          closed(
              "contacts",
              new ListOf(
                  closed(
                      "id",
                      TEXT,
                      "identifierKey",
                      TEXT,
                      "identifierValue",
                      TEXT,
                      "type",
                      TEXT,
                      "identifiers",
                      new ListOf(closed("identifierKey!", TEXT, "identifierValue!", TEXT)),
                      "platformAddress",
                      TEXT,
                      "platformAddressSelector",
                      TEXT))),
          "reference",
          TEXT,
          "template",
          TEMPLATE,
          "meta",
          META,
          "replyTo",
          closed("id!", TEXT, "order", INTEGER, "type!", TEXT),
          "body",
          BodyShape.BODY,
          "notification",
          open("url", TEXT),
          "capFrequency",
          BOOLEAN,
          "enableLinkTracking",
          BOOLEAN,
          "ignoreQuietHours",
          BOOLEAN,
          "ignoreGlobalHoldout",
          BOOLEAN,
          "tags",
          new ListOf(TEXT),
          "shortLinks",
          closed("domain!", TEXT),
          "scheduledFor",
          TEXT,
          "validity",
          INTEGER);

  private SendShape() {}
}
