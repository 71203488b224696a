package dev.birdconnect.source.event;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Parts of the schemas of events. A version only adds optional fields to the one before, so that
 * whoever knows one can read the other; tests hold the schemas against their earlier versions.
 */
final class Schemas {

  static final Schema TIME = Timestamp.builder().optional().build();
  static final Schema TEXTS = list(Schema.STRING_SCHEMA);

  private Schemas() {}

  /** A structure inside of an event. */
  static SchemaBuilder struct(String name, int version) {
    return SchemaBuilder.struct()
        .name("dev.birdconnect.source." + name)
        .version(version)
        .optional();
  }

  /** A list that may be missing. */
  static Schema list(Schema entries) {
    return SchemaBuilder.array(entries).optional().build();
  }
}
