package dev.birdconnect.source.event;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.position.OffsetCodec;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.Emission;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Turns emissions into records. The key is the message's id, the timestamp the event's own time. An
 * event has the same id whenever it is emitted again.
 */
public final class EventRecords {

  /** Header with the event's id. */
  public static final String EVENT_ID = "bird.event.id";

  /** Header with the kind of event: {@code message} or {@code status}. */
  public static final String EVENT_TYPE = "bird.event.type";

  /** Header with the channel's id. */
  public static final String CHANNEL = "bird.channel.id";

  /** Header with the name of the platform, where the API tells it. */
  public static final String PLATFORM = "bird.platform";

  private static final String MESSAGE = "message";
  private static final String STATUS = "status";

  private final String messageTopic;
  private final String statusTopic;

  /**
   * @param topicPrefix what the names of both topics begin with
   */
  public EventRecords(String topicPrefix) {
    this.messageTopic = topicPrefix + ".messages";
    this.statusTopic = topicPrefix + ".statuses";
  }

  /** The record of an emission. */
  public SourceRecord of(ChannelAddress address, Emission emission) {
    if (emission.event() instanceof MessageSeen seen) {
      String id = seen.message().id() + ":" + MESSAGE;
      Object value =
          MessageValue.of(
              id, address.workspaceId(), address.channelId(), seen.message(), seen.late());
      return new Event(address, seen.message(), id, MESSAGE, seen.message().createdAt())
          .record(messageTopic, MessageSchema.VALUE, value, emission);
    }
    StatusSeen seen = (StatusSeen) emission.event();
    String id =
        String.join(
            ":",
            seen.message().id(),
            seen.message().status().name(),
            seen.message().lastStatusAt().toString(),
            Integer.toString(seen.sequence()));
    Object value = StatusValue.of(id, address.workspaceId(), address.channelId(), seen);
    return new Event(address, seen.message(), id, STATUS, seen.message().lastStatusAt())
        .record(statusTopic, StatusSchema.VALUE, value, emission);
  }

  private record Event(
      ChannelAddress address, Message message, String id, String type, Instant time) {

    private SourceRecord record(String topic, Schema schema, Object value, Emission emission) {
      return new SourceRecord(
          partition(emission),
          offset(emission),
          topic,
          null,
          Schema.STRING_SCHEMA,
          message.id(),
          schema,
          value,
          timestamp(),
          headers());
    }

    private Map<String, Object> partition(Emission emission) {
      return emission.takesStart()
          ? OffsetCodec.partition(address.workspaceId(), address.channelId())
          : OffsetCodec.partition(address.workspaceId(), address.channelId(), emission.shard());
    }

    private static Map<String, Object> offset(Emission emission) {
      return emission.takesStart()
          ? OffsetCodec.offset(emission.shard(), emission.state())
          : OffsetCodec.offset(emission.state());
    }

    /** A record's timestamp is never before 1970. */
    private long timestamp() {
      return Math.max(0, Json.date(time).toInstant().toEpochMilli());
    }

    private ConnectHeaders headers() {
      ConnectHeaders headers = new ConnectHeaders();
      headers.addString(EVENT_ID, id);
      headers.addString(EVENT_TYPE, type);
      headers.addString(CHANNEL, address.channelId());
      message.platformId().ifPresent(platform -> headers.addString(PLATFORM, platform));
      return headers;
    }
  }
}
