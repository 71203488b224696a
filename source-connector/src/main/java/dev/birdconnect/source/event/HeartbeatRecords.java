package dev.birdconnect.source.event;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.position.OffsetCodec;
import dev.birdconnect.source.reading.Heartbeat;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Turns heartbeats into records. The key is the channel's id, so that a compacted topic keeps the
 * latest of each channel; the timestamp is the server's time, as far as brokers take it.
 */
public final class HeartbeatRecords {

  private static final String HEARTBEAT = "heartbeat";

  private final String topic;
  private final RecordTimes times;

  /**
   * @param topic the topic of heartbeats
   * @param clock the worker's clock
   */
  public HeartbeatRecords(String topic, InstantSource clock) {
    this.topic = topic;
    this.times = new RecordTimes(clock);
  }

  /** The record of a heartbeat. */
  public SourceRecord of(ChannelAddress address, Heartbeat heartbeat) {
    Struct value =
        new Struct(HeartbeatSchema.VALUE)
            .put("workspaceId", address.workspaceId())
            .put("channelId", address.channelId())
            .put("emittedUpTo", Json.date(heartbeat.emittedUpTo()))
            .put("emittedUpToText", heartbeat.emittedUpTo().toString())
            .put("serverTime", Json.date(heartbeat.serverTime()));
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString(EventHeader.TYPE.text(), HEARTBEAT);
    headers.addString(EventHeader.CHANNEL.text(), address.channelId());
    return new SourceRecord(
        partition(address, heartbeat),
        offset(heartbeat),
        topic,
        null,
        Schema.STRING_SCHEMA,
        address.channelId(),
        HeartbeatSchema.VALUE,
        value,
        times.of(heartbeat.serverTime()),
        headers);
  }

  private static Map<String, Object> partition(ChannelAddress address, Heartbeat heartbeat) {
    return heartbeat.takesStart()
        ? OffsetCodec.partition(address.workspaceId(), address.channelId())
        : OffsetCodec.partition(address.workspaceId(), address.channelId(), heartbeat.shard());
  }

  private static Map<String, Object> offset(Heartbeat heartbeat) {
    return heartbeat.takesStart()
        ? OffsetCodec.offset(heartbeat.shard(), heartbeat.state())
        : OffsetCodec.offset(heartbeat.state());
  }
}
