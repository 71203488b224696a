package dev.birdconnect.source.event;

import org.apache.kafka.connect.data.Schema;

/**
 * The schema of a message's body: what the kinds of bodies have in common, each at the same place
 * whatever the kind. A kind that is not known yet has its type only; the message event holds the
 * whole body as JSON text as well.
 */
final class BodySchema {

  static final Schema MEDIUM =
      Schemas.struct("Medium", 1)
          .field("mediaUrl", Schema.OPTIONAL_STRING_SCHEMA)
          .field("contentType", Schema.OPTIONAL_STRING_SCHEMA)
          .field("filename", Schema.OPTIONAL_STRING_SCHEMA)
          .field("altText", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema LOCATION =
      Schemas.struct("Location", 1)
          .field("latitude", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("longitude", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("address", Schema.OPTIONAL_STRING_SCHEMA)
          .field("label", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema ACTION =
      Schemas.struct("Action", 1)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("text", Schema.OPTIONAL_STRING_SCHEMA)
          .field("url", Schema.OPTIONAL_STRING_SCHEMA)
          .field("payload", Schema.OPTIONAL_STRING_SCHEMA)
          .field("imageUrl", Schema.OPTIONAL_STRING_SCHEMA)
          .field("label", Schema.OPTIONAL_STRING_SCHEMA)
          .field("amountCents", Schema.OPTIONAL_INT64_SCHEMA)
          .field("currency", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  static final Schema ITEM =
      Schemas.struct("Item", 1)
          .field("title", Schema.OPTIONAL_STRING_SCHEMA)
          .field("description", Schema.OPTIONAL_STRING_SCHEMA)
          .field("mediaUrl", Schema.OPTIONAL_STRING_SCHEMA)
          .field("altText", Schema.OPTIONAL_STRING_SCHEMA)
          .field("actions", Schemas.list(ACTION))
          .build();

  /** Since version 2: title, media, location, items, actions. */
  static final Schema BODY =
      Schemas.struct("Body", 2)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .field("text", Schema.OPTIONAL_STRING_SCHEMA)
          .field("html", Schema.OPTIONAL_STRING_SCHEMA)
          .field("subject", Schema.OPTIONAL_STRING_SCHEMA)
          .field("mediaUrls", Schemas.TEXTS)
          .field("title", Schema.OPTIONAL_STRING_SCHEMA)
          .field("media", Schemas.list(MEDIUM))
          .field("location", LOCATION)
          .field("items", Schemas.list(ITEM))
          .field("actions", Schemas.list(ACTION))
          .build();

  private BodySchema() {}
}
