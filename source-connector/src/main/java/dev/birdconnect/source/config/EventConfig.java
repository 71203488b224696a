package dev.birdconnect.source.config;

import dev.birdconnect.common.config.Choices;
import dev.birdconnect.common.config.Validators;
import dev.birdconnect.source.event.EventHeader;
import dev.birdconnect.source.event.EventKey;
import dev.birdconnect.source.event.EventSettings;
import dev.birdconnect.source.event.EventTime;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of what records look like. */
final class EventConfig {

  static final String KEY = "event.key";
  static final String TIMESTAMP = "event.timestamp";
  static final String HEADERS = "event.headers";

  private static final String EVENTS = "Events";

  private EventConfig() {}

  static void define(ConfigDef definition) {
    definition.define(
        KEY,
        ConfigDef.Type.STRING,
        text(EventKey.MESSAGE),
        Validators.oneOf(EventKey.class),
        ConfigDef.Importance.MEDIUM,
        "Key of the records: message, the message's id; contact, the customer's id in Bird, or the"
            + " phone number or address where there is none; reference, the message's reference;"
            + " channel, the channel's id. Where a message has no contact or reference it is the"
            + " message's id. All records of a message have the same key, and keep their order.",
        EVENTS,
        1,
        ConfigDef.Width.SHORT,
        "Key",
        Choices.of(EventKey.class));
    definition.define(
        TIMESTAMP,
        ConfigDef.Type.STRING,
        text(EventTime.EVENT),
        Validators.oneOf(EventTime.class),
        ConfigDef.Importance.MEDIUM,
        "Timestamp of the records: event, when the message was made, its status began or the"
            + " interaction was done, by the API's clock; reading, when it was read, by the worker's."
            + " An interaction of which the API does not say when has the time of its reading, a"
            + " heartbeat the server's time, whatever is set. With event, Kafka deletes"
            + " history that is read back at once where it is older than the topic's retention.ms:"
            + " set that to -1 or to more than the history, as the sample configurations do, or"
            + " take reading.",
        EVENTS,
        2,
        ConfigDef.Width.SHORT,
        "Timestamp",
        Choices.of(EventTime.class));
    definition.define(
        HEADERS,
        ConfigDef.Type.LIST,
        String.join(",", Validators.names(EventHeader.class)),
        Validators.someOf(EventHeader.class),
        ConfigDef.Importance.LOW,
        "Headers of the records: id, as bird.event.id, the same whenever the event is emitted"
            + " again; type, as bird.event.type, the kind of event; channel, as bird.channel.id;"
            + " platform, as bird.platform, where the API tells it. Empty for none. Heartbeats have"
            + " bird.event.type and bird.channel.id, whatever is set.",
        EVENTS,
        3,
        ConfigDef.Width.MEDIUM,
        "Headers");
  }

  private static String text(Enum<?> preset) {
    return preset.name().toLowerCase(Locale.ROOT);
  }

  static EventSettings read(AbstractConfig config) {
    return new EventSettings(
        Validators.parse(EventKey.class, config.getString(KEY)),
        Validators.parse(EventTime.class, config.getString(TIMESTAMP)),
        config.getList(HEADERS).stream()
            .map(name -> Validators.parse(EventHeader.class, name))
            .collect(Collectors.toSet()));
  }
}
