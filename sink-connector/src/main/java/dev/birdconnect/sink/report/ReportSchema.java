package dev.birdconnect.sink.report;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** The form of reports on their topic. New versions only add optional fields. */
final class ReportSchema {

  private static final int VERSION = 1;

  static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name("dev.birdconnect.sink.SendReport")
          .version(VERSION)
          .field("namespace", Schema.STRING_SCHEMA)
          .field("topic", Schema.STRING_SCHEMA)
          .field("partition", Schema.INT32_SCHEMA)
          .field("offset", Schema.INT64_SCHEMA)
          .field("reference", Schema.STRING_SCHEMA)
          .field("messageId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("workspaceId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("channelId", Schema.OPTIONAL_STRING_SCHEMA)
          .field("verdict", Schema.STRING_SCHEMA)
          .field("knownBy", Schema.STRING_SCHEMA)
          .field("reason", Schema.OPTIONAL_STRING_SCHEMA)
          .field("attempts", Schema.INT32_SCHEMA)
          .field("recordTimestamp", Timestamp.builder().optional().build())
          .field("firstAttemptAt", Timestamp.builder().optional().build())
          .field("finishedAt", Timestamp.SCHEMA)
          .field("finishedAtClock", Schema.STRING_SCHEMA)
          .build();

  private ReportSchema() {}

  static Struct struct(SendReport report) {
    return new Struct(SCHEMA)
        .put("namespace", report.namespace())
        .put("topic", report.position().partition().topic())
        .put("partition", report.position().partition().number())
        .put("offset", report.position().offset())
        .put("reference", report.reference())
        .put("messageId", report.messageId().orElse(null))
        .put("workspaceId", report.workspaceId().orElse(null))
        .put("channelId", report.channelId().orElse(null))
        .put("verdict", report.verdict().name())
        .put("knownBy", report.knownBy().name())
        .put("reason", report.reason().orElse(null))
        .put("attempts", report.attempts())
        .put("recordTimestamp", date(report.recordTimestamp()))
        .put("firstAttemptAt", date(report.firstAttemptAt()))
        .put("finishedAt", Date.from(report.finishedAt()))
        .put("finishedAtClock", report.finishedAtClock().name());
  }

  private static @Nullable Date date(Optional<Instant> time) {
    return time.map(Date::from).orElse(null);
  }
}
