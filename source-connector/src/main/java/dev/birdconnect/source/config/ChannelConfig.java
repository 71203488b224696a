package dev.birdconnect.source.config;

import dev.birdconnect.client.message.Channel;
import dev.birdconnect.common.config.Choices;
import dev.birdconnect.common.config.Validators;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings that say which channels are read. */
public final class ChannelConfig {

  public static final String IDS = "bird.channel.ids";
  public static final String DISCOVERY = "bird.channel.discovery";
  public static final String PLATFORM_REGEX = "bird.channel.platform.regex";
  public static final String REFRESH_INTERVAL = "channels.refresh.interval.ms";

  /**
   * The channels of a task, in the task's configuration. Not {@link #IDS}: where the connector has
   * a placeholder such as {@code ${file:...}}, the worker puts that into the configuration of every
   * task that has the same setting, and each would read all channels.
   */
  public static final String OF_TASK = "task.channel.ids";

  /** The settings that have to fit together. */
  static final List<String> TOGETHER = List.of(IDS, DISCOVERY, PLATFORM_REGEX);

  private static final String LIST = name(Discovery.LIST);
  private static final String SEPARATOR = ",";

  private final AbstractConfig config;

  /**
   * @param config a configuration whose definition holds {@link #define}
   */
  ChannelConfig(AbstractConfig config) {
    this.config = config;
  }

  /**
   * Adds the settings to the connector's definition.
   *
   * @param group the group they stand in, at its head
   */
  static void define(ConfigDef definition, String group) {
    definition.define(
        IDS,
        ConfigDef.Type.LIST,
        List.of(),
        Validators.uuidsOrNone(),
        ConfigDef.Importance.HIGH,
        "Ids of the channels to read, separated by commas, at least one; needed with "
            + DISCOVERY
            + "="
            + LIST
            + ", and not used otherwise. Channels are spread over the tasks; a channel is never"
            + " read by two.",
        group,
        1,
        ConfigDef.Width.LONG,
        "Channels");
    definition.define(
        DISCOVERY,
        ConfigDef.Type.STRING,
        LIST,
        Validators.oneOf(Discovery.class),
        ConfigDef.Importance.HIGH,
        "How the channels to read are known: list, by their ids in "
            + IDS
            + "; platform, all channels of the workspace whose platform matches "
            + PLATFORM_REGEX
            + "; workspace, all channels of the workspace. With platform and workspace the API's"
            + " list of channels is read again and again, and tasks are configured anew when it has"
            + " changed. A channel that is new begins at start.from; one that is gone keeps its"
            + " offsets.",
        group,
        2,
        ConfigDef.Width.MEDIUM,
        "Channel discovery",
        Choices.of(Discovery.class));
    definition.define(
        PLATFORM_REGEX,
        ConfigDef.Type.STRING,
        "",
        Validators.text(
            ChannelConfig::isPattern, "It has to be a regular expression such as sms|whatsapp."),
        ConfigDef.Importance.MEDIUM,
        "Which channels to read with "
            + DISCOVERY
            + "=platform: a regular expression of Java that the whole name of a channel's platform"
            + " matches, such as sms or sms|whatsapp.",
        group,
        3,
        ConfigDef.Width.MEDIUM,
        "Platforms");
    definition.define(
        REFRESH_INTERVAL,
        ConfigDef.Type.LONG,
        Duration.ofMinutes(5).toMillis(),
        Validators.between(1_000, Duration.ofDays(1).toMillis()),
        ConfigDef.Importance.LOW,
        "Time from one reading of the workspace's list of channels to the next, in milliseconds,"
            + " with "
            + DISCOVERY
            + "=platform or workspace.",
        group,
        4,
        ConfigDef.Width.SHORT,
        "Channels refresh interval (ms)");
  }

  private static boolean isPattern(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static String name(Discovery discovery) {
    return discovery.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is wrong with the settings together.
   *
   * @param ids the value of {@link #IDS}
   * @param choice the value of {@link #DISCOVERY}
   * @param regex the value of {@link #PLATFORM_REGEX}
   * @return a sentence for each setting at fault
   */
  static Map<String, String> complaints(List<?> ids, String choice, String regex) {
    Map<String, String> complaints = new LinkedHashMap<>();
    Discovery discovery = Validators.parse(Discovery.class, choice);
    String chosen = DISCOVERY + "=" + choice;
    if (discovery == Discovery.LIST && ids.isEmpty()) {
      complaints.put(
          IDS,
          "It is missing: with "
              + chosen
              + " it has to be a list of ids, at least one. Name the channels, or let "
              + DISCOVERY
              + " be workspace or platform.");
    }
    if (discovery != Discovery.LIST && !ids.isEmpty()) {
      complaints.put(IDS, chosen + " does not use it. Leave out one of the two.");
    }
    if (discovery == Discovery.PLATFORM && regex.isEmpty()) {
      complaints.put(PLATFORM_REGEX, chosen + " needs it, such as sms|whatsapp.");
    }
    if (discovery != Discovery.PLATFORM && !regex.isEmpty()) {
      complaints.put(
          PLATFORM_REGEX,
          chosen + " does not use it. Let " + DISCOVERY + " be platform, or leave it out.");
    }
    return complaints;
  }

  /** What is wrong with the settings together: a sentence for each setting at fault. */
  Map<String, String> complaints() {
    return complaints(ids(), config.getString(DISCOVERY), config.getString(PLATFORM_REGEX));
  }

  /** The channels that are listed, those of a task always; none when they are to be discovered. */
  public List<String> ids() {
    Object ofTask = config.originals().get(OF_TASK);
    List<String> ids =
        ofTask == null ? config.getList(IDS) : List.of(ofTask.toString().split(SEPARATOR));
    return ids.stream().map(id -> id.toLowerCase(Locale.ROOT)).toList();
  }

  /** How the channels are known. */
  public Discovery discovery() {
    return Validators.parse(Discovery.class, config.getString(DISCOVERY));
  }

  /** Whether the channels are found through the API. */
  public boolean discovered() {
    return discovery() != Discovery.LIST;
  }

  /** Which of the workspace's channels are to be read. */
  public Predicate<Channel> wanted() {
    if (discovery() == Discovery.WORKSPACE) {
      return channel -> true;
    }
    Predicate<String> matches =
        Pattern.compile(config.getString(PLATFORM_REGEX)).asMatchPredicate();
    return channel -> channel.platformId().filter(matches).isPresent();
  }

  /** Time from one reading of the list of channels to the next. */
  public Duration refreshInterval() {
    return Duration.ofMillis(config.getLong(REFRESH_INTERVAL));
  }

  /** Settings for a task that is to read these channels, from those of its connector. */
  public static Map<String, String> ofTask(Map<String, String> connector, List<String> channelIds) {
    Map<String, String> task = new LinkedHashMap<>(connector);
    task.keySet().removeAll(TOGETHER);
    task.put(OF_TASK, String.join(SEPARATOR, channelIds));
    return task;
  }
}
