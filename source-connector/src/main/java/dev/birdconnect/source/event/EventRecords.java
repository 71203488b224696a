package dev.birdconnect.source.event;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.interaction.InteractionEmission;
import dev.birdconnect.source.position.InteractionOffsets;
import dev.birdconnect.source.position.OffsetCodec;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.Emission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Turns emissions into records. An event has the same id whenever it is emitted again. For use by
 * one thread.
 */
public final class EventRecords {

  private static final String MESSAGE = "message";
  private static final String STATUS = "status";
  private static final String INTERACTION = "interaction";

  private final String messageTopic;
  private final String statusTopic;
  private final String interactionTopic;
  private final EventSettings settings;
  private final RecordTimes times;
  private final Map<ChannelAddress, List<Map<String, Object>>> partitions = new HashMap<>();
  private Optional<MessageFacts> last = Optional.empty();

  /**
   * @param topicPrefix what the names of all topics begin with
   * @param settings what records look like
   * @param clock the worker's clock
   */
  public EventRecords(String topicPrefix, EventSettings settings, InstantSource clock) {
    this.settings = settings;
    this.times = new RecordTimes(clock);
    this.messageTopic = topicPrefix + ".messages";
    this.statusTopic = topicPrefix + ".statuses";
    this.interactionTopic = topicPrefix + ".interactions";
  }

  /**
   * What a record is made of beside its place in the source.
   *
   * @param time when it happened; empty where the API does not say so
   */
  private record Event(
      String topic,
      String key,
      Schema schema,
      Object value,
      Optional<Instant> time,
      ConnectHeaders headers) {}

  /** The record of an emission. */
  public SourceRecord of(ChannelAddress address, Emission emission) {
    Event event =
        emission.event() instanceof MessageSeen seen
            ? message(address, seen)
            : status(address, (StatusSeen) emission.event());
    return emission.takesStart()
        ? record(
            OffsetCodec.partition(address.workspaceId(), address.channelId()),
            OffsetCodec.offset(emission.shard(), emission.state()),
            event)
        : record(
            partitions.computeIfAbsent(address, EventRecords::partitions).get(emission.shard()),
            OffsetCodec.offset(emission.state()),
            event);
  }

  private static List<Map<String, Object>> partitions(ChannelAddress address) {
    return IntStream.range(0, Shards.COUNT)
        .mapToObj(shard -> OffsetCodec.partition(address.workspaceId(), address.channelId(), shard))
        .map(Collections::unmodifiableMap)
        .toList();
  }

  /** A message and its first status follow each other, so that one look serves both. */
  private MessageFacts facts(ChannelAddress address, Message message) {
    MessageFacts facts =
        last.filter(known -> known.areOf(address, message))
            .orElseGet(() -> MessageFacts.of(address, message));
    last = Optional.of(facts);
    return facts;
  }

  private Event message(ChannelAddress address, MessageSeen seen) {
    Message message = seen.message();
    MessageFacts facts = facts(address, message);
    String id = message.id() + ":" + MESSAGE;
    return new Event(
        messageTopic,
        settings.key().of(address.channelId(), message),
        MessageSchema.VALUE,
        MessageValue.of(id, facts, seen.late()),
        Optional.of(message.createdAt()),
        headers(id, MESSAGE, address, facts.platform()));
  }

  private Event status(ChannelAddress address, StatusSeen seen) {
    Message message = seen.message();
    MessageFacts facts = facts(address, message);
    String id =
        String.join(
            ":",
            message.id(),
            message.status().name(),
            message.lastStatusAt().toString(),
            Integer.toString(seen.sequence()));
    return new Event(
        statusTopic,
        settings.key().of(address.channelId(), message),
        StatusSchema.VALUE,
        StatusValue.of(id, facts, seen),
        Optional.of(message.lastStatusAt()),
        headers(id, STATUS, address, facts.platform()));
  }

  /** The record of an interaction. */
  public SourceRecord of(ChannelAddress address, InteractionEmission emission) {
    Optional<String> platform =
        Optional.ofNullable(Json.text(emission.interaction().resource().path("platformId")));
    Event event =
        new Event(
            interactionTopic,
            settings.key().of(address.channelId(), emission.message()),
            InteractionSchema.VALUE,
            InteractionValue.of(address, emission),
            emission.interaction().createdAt(),
            headers(emission.eventId(), INTERACTION, address, platform));
    return record(
        InteractionOffsets.partition(address.workspaceId(), address.channelId(), emission.part()),
        InteractionOffsets.offset(emission.state()),
        event);
  }

  private SourceRecord record(
      Map<String, Object> partition, Map<String, Object> offset, Event event) {
    return new SourceRecord(
        partition,
        offset,
        event.topic(),
        null,
        Schema.STRING_SCHEMA,
        event.key(),
        event.schema(),
        event.value(),
        timestamp(event.time()),
        event.headers());
  }

  private long timestamp(Optional<Instant> time) {
    return settings.time() == EventTime.READING || time.isEmpty()
        ? times.now()
        : times.of(time.get());
  }

  private ConnectHeaders headers(
      String id, String type, ChannelAddress address, Optional<String> platform) {
    ConnectHeaders headers = new ConnectHeaders();
    add(headers, EventHeader.ID, id);
    add(headers, EventHeader.TYPE, type);
    add(headers, EventHeader.CHANNEL, address.channelId());
    platform.ifPresent(name -> add(headers, EventHeader.PLATFORM, name));
    return headers;
  }

  private void add(ConnectHeaders headers, EventHeader header, String value) {
    if (settings.headers().contains(header)) {
      headers.addString(header.text(), value);
    }
  }
}
