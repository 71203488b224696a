package dev.birdconnect.sink.config;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.common.config.Choices;
import dev.birdconnect.common.config.ConnectionConfig;
import dev.birdconnect.common.config.Validators;
import dev.birdconnect.sink.field.FieldPath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings that say through which workspace and channel a record goes. */
public final class AddressConfig {

  public static final String CHANNEL_ID = "bird.channel.id";

  private static final String CHANNELS = "Channels";
  private static final Kind CHANNEL = new Kind("channel", CHANNEL_ID, 1);
  private static final Kind WORKSPACE = new Kind("workspace", ConnectionConfig.WORKSPACE_ID, 10);

  private final AbstractConfig config;

  /** What is the same for workspaces and channels but for the names. */
  private record Kind(String noun, String presetSetting, int order) {
    String by() {
      return "bird." + noun + ".by";
    }

    String topics() {
      return "bird." + noun + ".topics";
    }

    String field() {
      return "bird." + noun + ".field";
    }

    String header() {
      return "bird." + noun + ".header";
    }
  }

  /**
   * @param config a configuration whose definition holds {@link #define} and the connection's
   */
  public AddressConfig(AbstractConfig config) {
    this.config = config;
  }

  /** The settings that {@link #define} defines. */
  static Set<String> names() {
    ConfigDef definition = new ConfigDef();
    define(definition);
    return definition.names();
  }

  static void define(ConfigDef definition) {
    definition.define(
        CHANNEL_ID,
        ConfigDef.Type.STRING,
        "",
        Validators.uuidOrEmpty(),
        ConfigDef.Importance.HIGH,
        "Id of the channel that messages are sent through. Needed unless bird.channel.by says"
            + " otherwise; then it is the channel of records that name none, and without it such"
            + " records are rejected.",
        CHANNELS,
        0,
        ConfigDef.Width.LONG,
        "Channel");
    define(definition, CHANNEL);
    define(definition, WORKSPACE);
  }

  private static void define(ConfigDef definition, Kind kind) {
    String noun = kind.noun();
    definition.define(
        kind.by(),
        ConfigDef.Type.STRING,
        IdBy.FIXED.name().toLowerCase(Locale.ROOT),
        Validators.oneOf(IdBy.class),
        ConfigDef.Importance.MEDIUM,
        "What decides through which "
            + noun
            + " a record goes. fixed: "
            + kind.presetSetting()
            + ". topic: "
            + kind.topics()
            + ". field: the field that "
            + kind.field()
            + " names. header: the header that "
            + kind.header()
            + " names. A wrong id from a field or header concerns its record only: it is rejected.",
        CHANNELS,
        kind.order(),
        ConfigDef.Width.SHORT,
        "Choice of the " + noun,
        List.of(),
        Choices.of(IdBy.class));
    definition.define(
        kind.topics(),
        ConfigDef.Type.LIST,
        List.of(),
        new TopicIds(),
        ConfigDef.Importance.MEDIUM,
        "Pairs topic:id that give the "
            + noun
            + " of each topic, as transforms have left the topic's name.",
        CHANNELS,
        kind.order() + 1,
        ConfigDef.Width.LONG,
        "Topics of the " + noun + "s");
    definition.define(
        kind.field(),
        ConfigDef.Type.STRING,
        "",
        new Paths(),
        ConfigDef.Importance.MEDIUM,
        "The field that holds the id of the " + noun + ".",
        CHANNELS,
        kind.order() + 2,
        ConfigDef.Width.MEDIUM,
        "Field of the " + noun);
    definition.define(
        kind.header(),
        ConfigDef.Type.STRING,
        "",
        ConfigDef.Importance.MEDIUM,
        "Name of the header that holds the id of the " + noun + ".",
        CHANNELS,
        kind.order() + 3,
        ConfigDef.Width.MEDIUM,
        "Header of the " + noun);
  }

  /** How a record's channel is found. */
  public IdRule channel() {
    return rule(CHANNEL);
  }

  /** How a record's workspace is found. */
  public IdRule workspace() {
    return rule(WORKSPACE);
  }

  private IdRule rule(Kind kind) {
    String preset = config.getString(kind.presetSetting()).toLowerCase(Locale.ROOT);
    return new IdRule(
        preset.isEmpty() ? Optional.empty() : Optional.of(preset),
        by(kind) == IdBy.TOPIC ? TopicIds.parse(config.getList(kind.topics())) : Map.of(),
        switch (by(kind)) {
          case FIXED, TOPIC -> Optional.empty();
          case FIELD -> Optional.of(Paths.parse(config.getString(kind.field())));
          case HEADER -> Optional.of(FieldPath.header(config.getString(kind.header())));
        });
  }

  private IdBy by(Kind kind) {
    return Validators.parse(IdBy.class, config.getString(kind.by()));
  }

  /** Every channel that the settings name, with the setting that does. */
  public Map<ChannelAddress, String> named() {
    IdRule channels = channel();
    IdRule workspaces = workspace();
    Map<ChannelAddress, String> named = new LinkedHashMap<>();
    Set<String> topics = new LinkedHashSet<>(channels.byTopic().keySet());
    topics.addAll(workspaces.byTopic().keySet());
    for (String topic : topics) {
      Optional<String> ofTopic = Optional.ofNullable(channels.byTopic().get(topic));
      Optional<String> workspace =
          Optional.ofNullable(workspaces.byTopic().get(topic)).or(workspaces::preset);
      Optional<String> channel = ofTopic.or(channels::preset);
      if (workspace.isPresent() && channel.isPresent()) {
        named.put(
            new ChannelAddress(workspace.get(), channel.get()),
            ofTopic.isPresent() ? CHANNEL.topics() : CHANNEL_ID);
      }
    }
    if (named.isEmpty() || workspaces.byTopic().isEmpty()) {
      Optional<String> workspace = workspaces.preset();
      channels
          .preset()
          .filter(id -> workspace.isPresent())
          .ifPresent(
              id -> named.putIfAbsent(new ChannelAddress(workspace.orElseThrow(), id), CHANNEL_ID));
    }
    return named;
  }

  /** What these settings say against each other: the setting at fault and a sentence. */
  Map<String, String> problems() {
    Map<String, String> problems = new LinkedHashMap<>();
    if (by(CHANNEL) == IdBy.FIXED && config.getString(CHANNEL_ID).isEmpty()) {
      problems.put(
          CHANNEL_ID,
          "The channel is missing. Set its id, or choose it per record with " + CHANNEL.by() + ".");
    }
    problems(CHANNEL, problems);
    problems(WORKSPACE, problems);
    return problems;
  }

  /** Topics whose records would be rejected, as nothing names their channel. */
  Map<String, String> problemsOfTopics(Set<String> topics) {
    Map<String, String> problems = new LinkedHashMap<>();
    IdRule rule = channel();
    if (by(CHANNEL) != IdBy.TOPIC || rule.preset().isPresent()) {
      return problems;
    }
    List<String> missing =
        topics.stream().filter(topic -> !rule.byTopic().containsKey(topic)).toList();
    if (!missing.isEmpty()) {
      problems.put(
          CHANNEL.topics(),
          "There is no channel for "
              + String.join(", ", missing)
              + ", so the records would be rejected. Add topic:id, or set "
              + CHANNEL_ID
              + ".");
    }
    return problems;
  }

  private void problems(Kind kind, Map<String, String> problems) {
    Arguments arguments = new Arguments(kind.by(), config.getString(kind.by()), problems);
    IdBy by = by(kind);
    arguments.check(
        kind.topics(), "topic", by == IdBy.TOPIC, config.getList(kind.topics()).isEmpty());
    arguments.check(
        kind.field(), "field", by == IdBy.FIELD, config.getString(kind.field()).isEmpty());
    arguments.check(
        kind.header(), "header", by == IdBy.HEADER, config.getString(kind.header()).isEmpty());
  }
}
