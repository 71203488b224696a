package dev.birdconnect.source.event;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/** The schema of the heartbeat topic. */
public final class HeartbeatSchema {

  static final int VERSION = 1;

  /** The value of a heartbeat. */
  public static final Schema VALUE =
      SchemaBuilder.struct()
          .name("dev.birdconnect.source.Heartbeat")
          .version(VERSION)
          .doc("Up to which time all messages of a channel are emitted, late ones excepted.")
          .field("workspaceId", Schema.STRING_SCHEMA)
          .field("channelId", Schema.STRING_SCHEMA)
          .field("emittedUpTo", Timestamp.SCHEMA)
          .field("emittedUpToText", Schema.STRING_SCHEMA)
          .field("serverTime", Timestamp.SCHEMA)
          .build();

  private HeartbeatSchema() {}
}
