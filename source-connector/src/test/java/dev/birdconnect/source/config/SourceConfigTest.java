package dev.birdconnect.source.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.source.event.EventHeader;
import dev.birdconnect.source.event.EventKey;
import dev.birdconnect.source.event.EventSettings;
import dev.birdconnect.source.event.EventTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceConfigTest {

  private static final String CHANNEL = "22222222-2222-4222-8222-222222222222";

  private static Map<String, String> with(String name, String value) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "bird.access.key", "key",
                "bird.workspace.id", "11111111-1111-4111-8111-111111111111",
                "bird.channel.ids", CHANNEL,
                "topic.prefix", "bird"));
    settings.put(name, value);
    return settings;
  }

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    SourceConfig config = new SourceConfig(with("name", "source"));
    assertThat(config.channelIds()).containsExactly(CHANNEL);
    assertThat(config.topicPrefix()).isEqualTo("bird");
    assertThat(config.readSettings().pageSize()).isEqualTo(1_000);
    assertThat(config.readSettings().pollInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.readSettings().overlap()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.readSettings().statusMaxAge()).isEqualTo(Duration.ofDays(3));
    assertThat(config.eventSettings())
        .isEqualTo(
            new EventSettings(EventKey.MESSAGE, EventTime.EVENT, EnumSet.allOf(EventHeader.class)));
  }

  @Test
  void theChannelsOfATaskShareItsMemory() {
    assertThat(mostBytes(1)).isEqualTo(32 * 1024 * 1024);
    assertThat(mostBytes(4)).isEqualTo(8 * 1024 * 1024);
    assertThat(mostBytes(100)).as("room for a page").isEqualTo(2 * 1024 * 1024);
  }

  private static long mostBytes(int channels) {
    String ids =
        IntStream.range(0, channels)
            .mapToObj(i -> new UUID(1, i).toString())
            .collect(Collectors.joining(","));
    return new SourceConfig(with("bird.channel.ids", ids)).readSettings().mostBytes();
  }

  @Test
  void eventsAreAsTheSettingsSay() {
    Map<String, String> settings = with("event.key", "contact");
    settings.put("event.timestamp", "reading");
    settings.put("event.headers", "id,platform");
    assertThat(new SourceConfig(settings).eventSettings())
        .isEqualTo(
            new EventSettings(
                EventKey.CONTACT,
                EventTime.READING,
                EnumSet.of(EventHeader.ID, EventHeader.PLATFORM)));
    settings.put("event.headers", "");
    assertThat(new SourceConfig(settings).eventSettings().headers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bird.channel.ids|''|at least one",
        "bird.channel.ids|sms|list of ids",
        "bird.channel.ids|" + CHANNEL + "," + CHANNEL + "|none twice",
        "bird.channel.discovery|some|one of",
        "bird.channel.discovery|workspace|does not use it",
        "bird.channel.platform.regex|sms|does not use it",
        "bird.channel.platform.regex|(|regular expression",
        "channels.refresh.interval.ms|0|at least 1000",
        "heartbeat.topic|my topic|letters, digits",
        "heartbeat.interval.ms|0|at least 100",
        "topic.prefix|''|letters, digits",
        "topic.prefix|my topic|letters, digits",
        "start.from|2031-03-01|earliest, latest, or a time with its zone",
        "start.from|0000-01-01T00:00:00+01:00|earliest, latest, or a time with its zone",
        "start.from|9999-12-31T23:59:59-01:00|earliest, latest, or a time with its zone",
        "poll.interval.ms|-1|at least 100",
        "overlap.ms|-1|at least 0",
        "overlap.ms|600001|no more than 600000",
        "status.max.age.ms|-1|at least 0",
        "event.key|customer|message, contact, reference, channel",
        "event.timestamp|now|event, reading",
        "event.headers|id,colour|some of id, type, channel, platform",
        "event.headers|id,id|none twice",
        "page.size|0|at least 1",
        "page.size|1001|no more than 1000"
      })
  void saysOnTheFieldWhatIsWrong(String name, String value, String sentence) {
    // A choice that does not go with a list of channels is an error of the list.
    String field = value.equals("workspace") ? "bird.channel.ids" : name;
    assertThat(complaints(with(name, value)).get(field))
        .singleElement()
        .asString()
        .contains(sentence)
        .contains(field);
  }

  private static Map<String, List<String>> complaints(Map<String, String> properties) {
    properties.put("bird.validate.live", "false");
    Config config = new Config(SourceConfig.DEFINITION.validate(properties));
    return new SourceValidation(properties, config)
        .check().configValues().stream()
            .filter(value -> !value.errorMessages().isEmpty())
            .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
  }

  private static List<String> complaints(String name, String value) {
    return complaints(with(name, value)).get(name);
  }

  private static Map<String, String> discovering(String how, String regex) {
    Map<String, String> settings = with("bird.channel.discovery", how);
    settings.remove("bird.channel.ids");
    settings.put("bird.channel.platform.regex", regex);
    return settings;
  }

  @Test
  void channelsAreKnownInOneWay() {
    assertThat(complaints(discovering("list", ""))).containsOnlyKeys("bird.channel.ids");
    assertThat(complaints(discovering("workspace", ""))).isEmpty();
    assertThat(complaints(discovering("workspace", "sms")))
        .containsOnlyKeys("bird.channel.platform.regex");
    assertThat(complaints(discovering("platform", "")))
        .containsOnlyKeys("bird.channel.platform.regex");
    assertThat(complaints(discovering("platform", "sms|whatsapp"))).isEmpty();
    assertThatThrownBy(() -> new SourceConfig(discovering("platform", "")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bird.channel.platform.regex")
        .hasMessageContaining("needs it");
  }

  @Test
  void otherErrorsDoNotHideHowChannelsAreKnown() {
    Map<String, String> settings = discovering("platform", "");
    settings.put("page.size", "0");
    assertThat(complaints(settings)).containsOnlyKeys("bird.channel.platform.regex", "page.size");
  }

  @Test
  void aTaskReadsAListWhateverItsConnectorSays() {
    Map<String, String> task =
        ChannelConfig.ofTask(discovering("platform", "sms"), List.of(CHANNEL));
    SourceConfig config = new SourceConfig(task);
    assertThat(config.channelIds()).containsExactly(CHANNEL);
    assertThat(config.channels().discovered()).isFalse();
  }

  @Test
  void onlyLatestWithoutHeartbeatsForgetsItsStart() {
    assertThat(new SourceConfig(with("start.from", "latest")).forgetsStart()).isTrue();
    assertThat(new SourceConfig(with("start.from", "earliest")).forgetsStart()).isFalse();
    Map<String, String> kept = with("start.from", "latest");
    kept.put("heartbeat.topic", "bird.heartbeats");
    assertThat(new SourceConfig(kept).forgetsStart()).isFalse();
    assertThat(new SourceConfig(kept).readSettings().heartbeatInterval())
        .contains(Duration.ofSeconds(30));
    assertThat(new SourceConfig(with("name", "source")).readSettings().heartbeatInterval())
        .isEmpty();
  }

  @Test
  void whatIsNoNumberOrTooSmallIsSaidInOneSentence() {
    List<String> numbers =
        SourceConfig.DEFINITION.configKeys().values().stream()
            .filter(key -> key.type == ConfigDef.Type.INT || key.type == ConfigDef.Type.LONG)
            .map(key -> key.name)
            .toList();
    assertThat(numbers)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            name -> {
              assertThat(complaints(name, "soon")).singleElement().asString().contains("a number");
              assertThat(complaints(name, "-7")).singleElement().asString().contains("at least");
            });
  }

  @Test
  void everySettingHasGroupNameAndText() {
    SourceConfig.DEFINITION
        .configKeys()
        .values()
        .forEach(
            key -> {
              assertThat(key.group).as(key.name).isNotBlank();
              assertThat(key.displayName).as(key.name).isNotEqualTo(key.name);
              assertThat(key.documentation).as(key.name).endsWith(".");
            });
  }
}
